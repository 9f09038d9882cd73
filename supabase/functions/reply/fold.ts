import type OpenAI from 'openai';
import type { ModelFailure } from './model-failure.ts';
import { failureOfCode } from './model-failure.ts';
import { applyToolEvent, NO_RESULTS, type ToolResults } from './tool-results.ts';

export type ModelEvent = OpenAI.Responses.ResponseStreamEvent;

/** How the model's answer ended. `cut`: it grew too long; `filtered`: its own service withheld the rest. */
export type Ending =
  | { readonly kind: 'complete' | 'cut' | 'filtered' }
  | { readonly kind: 'failed'; readonly failure: ModelFailure };

/** What a model has said so far. Without an ending the answer is not whole, even if the stream is over. */
export interface ModelAnswer {
  readonly text: string;
  readonly refusal: string;
  /** Which part of the output the text ends in: a new part begins a new paragraph. */
  readonly part: string | null;
  readonly ending: Ending | null;
  /** What its tools do and have given. */
  readonly tools: ToolResults;
  /** As the service counts, once it has ended. */
  readonly usage: Usage | null;
}

export interface Usage {
  readonly model: string;
  readonly inputTokens: number;
  /** Of the input, what the service had read before. */
  readonly cachedTokens: number;
  readonly outputTokens: number;
}

export const EMPTY_ANSWER: ModelAnswer = {
  text: '',
  refusal: '',
  part: null,
  ending: null,
  tools: NO_RESULTS,
  usage: null,
};

/** The longest message of the AI that the database keeps, in characters. */
export const MAX_ANSWER = 100_000;

/** The answer after an event. Pure; the same object when the event says nothing new, and always once there is an ending. */
export function applyEvent(answer: ModelAnswer, event: ModelEvent): ModelAnswer {
  if (answer.ending !== null) return answer;
  switch (event.type) {
    case 'response.output_text.delta':
      return appendText(answer, `${event.output_index}/${event.content_index}`, event.delta);
    case 'response.refusal.delta':
      return { ...answer, refusal: answer.refusal + withoutNul(event.delta) };
    case 'response.completed':
      return { ...answer, ending: { kind: 'complete' }, usage: usageOf(event.response) };
    case 'response.incomplete':
      return {
        ...answer,
        ending: { kind: event.response.incomplete_details?.reason === 'content_filter' ? 'filtered' : 'cut' },
        usage: usageOf(event.response),
      };
    case 'response.failed':
      return {
        ...answer,
        ending: { kind: 'failed', failure: failureOfCode(event.response.error?.code) },
        usage: usageOf(event.response),
      };
    case 'error':
      return { ...answer, ending: { kind: 'failed', failure: failureOfCode(event.code) } };
    default: {
      const tools = applyToolEvent(answer.tools, event);
      return tools === answer.tools ? answer : { ...answer, tools };
    }
  }
}

interface Counted {
  readonly model: string;
  readonly usage?: {
    readonly input_tokens: number;
    readonly input_tokens_details?: { readonly cached_tokens: number };
    readonly output_tokens: number;
  } | null;
}

/** Services that speak this API halfway leave it out. */
export function usageOf(response: Counted | undefined): Usage | null {
  const usage = response?.usage;
  if (response === undefined || usage == null) return null;
  return {
    model: response.model,
    inputTokens: usage.input_tokens,
    cachedTokens: usage.input_tokens_details?.cached_tokens ?? 0,
    outputTokens: usage.output_tokens,
  };
}

/** The answers as they grow: one for each event that says something, the last with the ending if the stream had one. */
export async function* foldEvents(events: AsyncIterable<ModelEvent>): AsyncGenerator<ModelAnswer> {
  let answer = EMPTY_ANSWER;
  for await (const event of events) {
    const next = applyEvent(answer, event);
    if (next === answer) continue;
    answer = next;
    yield answer;
    if (answer.ending !== null) return;
  }
}

function appendText(answer: ModelAnswer, part: string, delta: string): ModelAnswer {
  const piece = withoutNul(delta);
  if (piece === '') return answer;
  const gap = answer.part !== null && answer.part !== part && answer.text !== '' ? '\n\n' : '';
  const text = answer.text + gap + piece;
  if (text.length <= MAX_ANSWER) return { ...answer, text, part };
  return { ...answer, text: text.slice(0, MAX_ANSWER), part, ending: { kind: 'cut' } };
}

/** Postgres stores every character but this one. */
function withoutNul(text: string): string {
  return text.replaceAll('\u0000', '');
}
