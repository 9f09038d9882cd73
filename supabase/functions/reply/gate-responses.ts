import OpenAI from 'openai';
import * as v from 'valibot';
import { openClient } from '../_shared/openai-client.ts';
import { safetyIdentifier } from '../_shared/safety-identifier.ts';
import { usageOf } from './fold.ts';
import { GATE_MESSAGES, GATE_RULES, GATE_TIMEOUT_MS, type Gate } from './gate.ts';
import type { ModelSettings } from './model.ts';
import { describeTalk } from './model-input.ts';

const Answer = v.object({
  action: v.picklist(['reply', 'react', 'silent']),
  confidence: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  reason: v.pipe(v.string(), v.maxLength(300)),
  message: v.nullable(v.string()),
  emoji: v.nullable(v.string()),
  difficulty: v.optional(v.nullable(v.picklist(['easy', 'normal', 'hard']))),
});

const SCHEMA = {
  type: 'object',
  properties: {
    action: { type: 'string', enum: ['reply', 'react', 'silent'] },
    confidence: { type: 'number' },
    reason: { type: 'string' },
    message: { type: ['string', 'null'] },
    emoji: { type: ['string', 'null'] },
    difficulty: {
      type: 'string',
      enum: ['easy', 'normal', 'hard'],
      description: 'Effort that a good answer would take.',
    },
  },
  required: ['action', 'confidence', 'reason', 'message', 'emoji', 'difficulty'],
  additionalProperties: false,
};

const ANSWER_RULES =
  'Say how sure you are (confidence, 0 to 1), why in at most ten words, which message you mean, and the emoji for a reaction.';

/** The gate behind any service that speaks the Responses API with a schema for its answer. */
export function connectGate({ model, apiKey, baseUrl }: ModelSettings, fetch?: typeof globalThis.fetch): Gate {
  return {
    model,
    async ask({ context, chatId, onUsage }) {
      if (model === undefined || (apiKey === undefined && baseUrl === undefined)) return null;
      const client = openClient({ apiKey, baseUrl }, { timeout: GATE_TIMEOUT_MS, fetch });
      const { text, idOf } = describeTalk(context, GATE_MESSAGES);
      try {
        const response = await client.responses.create({
          model,
          instructions: `${GATE_RULES}\n\n${ANSWER_RULES}`,
          input: text,
          store: false,
          safety_identifier: await safetyIdentifier(context.asker.id),
          prompt_cache_key: `turn:${chatId}`,
          text: { format: { type: 'json_schema', name: 'turn', strict: true, schema: SCHEMA } },
        });
        const usage = usageOf(response);
        if (usage !== null) onUsage?.(usage);
        const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Answer), response.output_text);
        if (!parsed.success) return null;
        const { message, ...answer } = parsed.output;
        return { ...answer, messageId: message === null ? null : idOf(message) };
      } catch (thrown) {
        // Whatever keeps it from answering, the talk goes on without the AI.
        if (thrown instanceof OpenAI.OpenAIError || thrown instanceof TypeError) return null;
        throw thrown;
      }
    },
  };
}
