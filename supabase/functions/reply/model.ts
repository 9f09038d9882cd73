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
    const less = withoutRefused(body, thrown);
    if (less === null) throw thrown;
    return ask(client, less, signal);
  }
}

/** Null: nothing that could be left out is to blame. */
function withoutRefused({ reasoning, tools, max_tool_calls: calls, ...rest }: Body, thrown: unknown): Body | null {
  const refused = refusedPart(thrown);
  const withTools = (kept = tools ?? []) =>
    kept.length === 0 ? rest : { ...rest, tools: kept, max_tool_calls: calls ?? null };
  if (refused === 'reasoning') return reasoning == null ? null : withTools();
  const thinking = reasoning == null ? {} : { reasoning };
  if (refused === 'tools') return tools === undefined ? null : { ...rest, ...thinking };
  // A picture model that is not there, or not for this key, is sometimes refused as if it were the one that answers.
  const others = tools?.filter(({ type }) => type !== 'image_generation');
  if (refused === 'model' && others?.length !== tools?.length) return { ...withTools(others), ...thinking };
  return null;
}

function refusedPart(thrown: unknown): string | null {
  if (!(thrown instanceof OpenAI.APIError) || ![400, 403, 404].includes(thrown.status ?? 0)) return null;
  const part = /^(reasoning|tools)\b/.exec(thrown.param ?? '')?.[0];
  return part ?? (thrown.status === 400 ? null : 'model');
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
