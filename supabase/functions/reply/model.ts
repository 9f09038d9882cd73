import OpenAI from 'openai';
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
    async *answer({ input, chatId, askerId, rules = [], tools = [] }, signal) {
      if (model === undefined) throw new ModelError({ error: 'model', retry: false });
      // Services on one's own machine take any key; OpenAI's needs a real one.
      if (apiKey === undefined && baseUrl === undefined) throw new ModelError({ error: 'unauthorized', retry: false });
      const client = new OpenAI({
        apiKey: apiKey ?? 'none',
        baseURL: baseUrl ?? null,
        timeout: 60_000,
        maxRetries: 1,
        logLevel: 'off',
        ...(fetch ? { fetch } : {}),
      });
      const identifier = await safetyIdentifier(askerId);
      try {
        yield* await client.responses.create(
          {
            model,
            instructions: [RULES, ...rules].join('\n\n'),
            input,
            stream: true,
            store: false,
            safety_identifier: identifier,
            prompt_cache_key: chatId,
            ...(tools.length === 0 ? {} : { tools: [...tools], max_tool_calls: MAX_TOOL_CALLS }),
          },
          { signal },
        );
      } catch (thrown) {
        if (!signal.aborted) throw new ModelError(failureOfThrown(thrown), thrown);
      }
    },
  };
}
