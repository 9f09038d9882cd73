import OpenAI from 'openai';
import { openClient } from '../_shared/openai-client.ts';
import type { Effort } from '../_shared/replies.ts';
import { safetyIdentifier } from '../_shared/safety-identifier.ts';
import type { ModelEvent } from './fold.ts';
import { failureOfThrown, ModelError } from './model-failure.ts';
import type { ModelInput } from './model-input.ts';
import { RULES } from './rules.ts';
import { MAX_TOOL_CALLS, type ModelTool } from './tools.ts';

export interface ModelRequest {
  readonly input: ModelInput;
  readonly chatId: string;
  readonly askerId: string;
  /** Added to the standing rules; absent: nothing. */
  readonly rules?: readonly string[];
  /** Another model of the service than the usual one. */
  readonly model?: string;
  /** How hard it is to think; absent: as it likes. */
  readonly effort?: Effort;
  /** What it may use besides words; absent: nothing. */
  readonly tools?: readonly ModelTool[];
}

/** A model service that answers chats. */
export interface Model {
  /**
   * The events of one answer, to be read once. Throws ModelError when the service fails; ends without an ending when `signal`
   * fires or when the service closes the stream early.
   */
  answer(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent>;
}

export interface ModelSettings {
  readonly model: string | undefined;
  readonly apiKey: string | undefined;
  /** Of any service that speaks the Responses API; absent: OpenAI's. */
  readonly baseUrl: string | undefined;
}

/** Nothing is kept by the service (`store`), and it knows the person only by a hash that it can count abuse by. */
export function connectModel({ model, apiKey, baseUrl }: ModelSettings, fetch?: typeof globalThis.fetch): Model {
  return {
    async *answer({ input, chatId, askerId, model: name = model, effort, rules = [], tools = [] }, signal) {
      if (name === undefined) throw new ModelError({ error: 'model', retry: false });
      // Services on one's own machine take any key; OpenAI's needs a real one.
      if (apiKey === undefined && baseUrl === undefined) throw new ModelError({ error: 'unauthorized', retry: false });
      const client = openClient(
        { apiKey, baseUrl },
        { timeout: 60_000, maxRetries: 1, fetch: withoutRetryOfLimits(fetch ?? globalThis.fetch) },
      );
      const body: Body = {
        model: name,
        instructions: [RULES, ...rules].join('\n\n'),
        input,
        stream: true,
        store: false,
        safety_identifier: await safetyIdentifier(askerId),
        prompt_cache_key: chatId,
        ...(effort === undefined ? {} : { reasoning: { effort } }),
        ...(tools.length === 0 ? {} : { tools: [...tools], max_tool_calls: MAX_TOOL_CALLS }),
      };
      try {
        yield* await ask(client, body, signal);
      } catch (thrown) {
        if (!signal.aborted) throw new ModelError(failureOfThrown(thrown), thrown);
      }
    },
  };
}

type Body = OpenAI.Responses.ResponseCreateParamsStreaming;

/** Which efforts and tools there are depends on the model: what it refuses is left out, and it is asked again. */
async function ask(client: OpenAI, body: Body, signal: AbortSignal): Promise<AsyncIterable<ModelEvent>> {
  try {
    return await client.responses.create(body, { signal });
  } catch (thrown) {
    const { reasoning, tools, max_tool_calls, ...rest } = body;
    const refused = refusedPart(thrown);
    if (refused === 'reasoning' && reasoning != null)
      return ask(
        client,
        tools === undefined ? rest : { ...rest, tools, max_tool_calls: max_tool_calls ?? null },
        signal,
      );
    if (refused === 'tools' && tools !== undefined)
      return ask(client, reasoning == null ? rest : { ...rest, reasoning }, signal);
    throw thrown;
  }
}

function refusedPart(thrown: unknown): string | null {
  if (!(thrown instanceof OpenAI.BadRequestError || thrown instanceof OpenAI.NotFoundError)) return null;
  return /^(reasoning|tools)\b/.exec(thrown.param ?? '')?.[0] ?? null;
}

/** The queue of replies waits for a service that has too much to do, and nothing helps one whose credit is used up. */
function withoutRetryOfLimits(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (response.status !== 429) return response;
    const headers = new Headers(response.headers);
    headers.set('x-should-retry', 'false');
    return new Response(response.body, { status: response.status, headers });
  };
}
