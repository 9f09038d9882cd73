import OpenAI from 'openai';
import * as v from 'valibot';
import { openClient } from '../_shared/openai-client.ts';
import { safetyIdentifier } from '../_shared/safety-identifier.ts';
import { GATE_MESSAGES, GATE_RULES, GATE_TIMEOUT_MS, type Gate, type GateAnswer } from './gate.ts';
import type { ModelSettings } from './model.ts';
import { describeTalk } from './model-input.ts';

type Question = OpenAI.DecisionCreateParams['questions'][number];
type Answers = OpenAI.Decision['answers'];

const Action = v.picklist(['reply', 'react', 'silent']);
const Difficulty = v.picklist(['easy', 'normal', 'hard']);

const ACTION: Question = {
  type: 'choice',
  name: 'action',
  instructions: 'What should the AI do after the newest message?',
  choices: [
    { value: 'silent', description: 'nothing: people talk to each other' },
    { value: 'react', description: 'a sign is enough' },
    { value: 'reply', description: 'it is open to everyone, and the AI can settle it' },
  ],
};

/** It gives no words of its own, so that these are what is told to whoever asks why. */
const REASON: Question = {
  type: 'choice',
  name: 'reason',
  instructions: 'Why?',
  choices: [
    'an open question',
    'somebody is stuck',
    'something said is wrong',
    'they sum up to a decision',
    'thanks to everyone',
    'good news',
    'a joke that worked',
    'people talk to each other',
    'somebody else is asked',
    'it has been said already',
  ].map((value) => ({ value })),
};

const DIFFICULTY: Question = {
  type: 'choice',
  name: 'difficulty',
  instructions: 'How hard would an answer be?',
  choices: ['easy', 'normal', 'hard'].map((value) => ({ value })),
};

const EMOJI: Question = {
  type: 'choice',
  name: 'emoji',
  instructions: 'Which emoji would be the best reaction?',
  choices: ['👍', '🎉', '❤️', '😂', '🙏', '👏', '💪', '😢'].map((value) => ({ value })),
};

/** The gate behind OpenAI's Decisions API: one call of several questions, no text to read. Only some models are behind it. */
export function connectDecisionsGate({ model, apiKey, baseUrl }: ModelSettings, fetch?: typeof globalThis.fetch): Gate {
  return {
    model,
    async ask({ context, chatId, onUsage }) {
      if (model === undefined || (apiKey === undefined && baseUrl === undefined)) return null;
      const client = openClient({ apiKey, baseUrl }, { timeout: GATE_TIMEOUT_MS, fetch });
      const { text, names, idOf } = describeTalk(context, GATE_MESSAGES);
      try {
        const {
          answers,
          model: answered,
          usage,
        } = await client.decisions.create({
          model,
          input: [
            { role: 'developer', content: GATE_RULES },
            { role: 'user', content: text },
          ],
          questions: [ACTION, REASON, EMOJI, DIFFICULTY, ...aboutMessages(names)],
          prompt_cache_key: `turn:${chatId}`,
          safety_identifier: await safetyIdentifier(context.asker.id),
        });
        if (usage !== undefined)
          onUsage?.({
            ...{ model: answered, inputTokens: usage.input_tokens, outputTokens: usage.output_tokens },
            cachedTokens: usage.input_tokens_details?.cached_tokens ?? 0,
          });
        return readAnswers(answers, idOf);
      } catch (thrown) {
        // Whatever keeps it from answering, the talk goes on without the AI.
        if (thrown instanceof OpenAI.OpenAIError || thrown instanceof TypeError) return null;
        throw thrown;
      }
    },
  };
}

/** A choice needs two at least. */
function aboutMessages(names: readonly string[]): Question[] {
  if (names.length < 2) return [];
  const choices = names.map((value) => ({ value }));
  return [{ type: 'choice', name: 'message', instructions: 'Which message is meant, by its id?', choices }];
}

/** Null when it declined to say what to do; any of the other answers may be missing. */
function readAnswers(answers: Answers, idOf: (name: string) => string | null): GateAnswer | null {
  const chosen = new Map(
    answers.flatMap((answer) => (answer.type === 'choice' ? [[answer.name, answer] as const] : [])),
  );
  const words = (name: string) => {
    const choice = chosen.get(name)?.choice;
    return typeof choice === 'string' ? choice : null;
  };
  const action = v.safeParse(Action, words('action'));
  const confidence = chosen.get('action')?.confidence;
  if (!action.success || confidence === undefined) return null;
  const message = words('message');
  const difficulty = v.safeParse(Difficulty, words('difficulty'));
  return {
    action: action.output,
    confidence,
    reason: words('reason') ?? 'it gave no reason',
    messageId: message === null ? null : idOf(message),
    emoji: words('emoji'),
    difficulty: difficulty.success ? difficulty.output : null,
  };
}
