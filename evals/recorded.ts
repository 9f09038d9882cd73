import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { GATE_MESSAGES, GATE_RULES, type Gate, type GateQuestion } from '../supabase/functions/reply/gate.ts';
import { describeTalk } from '../supabase/functions/reply/model-input.ts';

const Answer = v.nullable(
  v.object({
    action: v.picklist(['reply', 'react', 'silent']),
    confidence: v.number(),
    reason: v.string(),
    /** Place among the messages that were shown; null: the newest. */
    message: v.nullable(v.number()),
    emoji: v.nullable(v.string()),
  }),
);

/** Answers of one model, by a hash of all that it was shown: rules or talk changed, none is found. */
const Recording = v.object({ model: v.string(), answers: v.record(v.string(), Answer) });
export type Recording = v.InferOutput<typeof Recording>;

const FOLDER = fileURLToPath(new URL('recorded/', import.meta.url));

/** Every recording that is checked in. */
export function loadRecordings(): Recording[] {
  if (!existsSync(FOLDER)) return [];
  return globSync('*.json', { cwd: FOLDER })
    .sort()
    .map((file) => v.parse(Recording, JSON.parse(readFileSync(`${FOLDER}${file}`, 'utf8'))));
}

/** Writes the model's recording anew. */
export function saveRecording(recording: Recording): string {
  const path = `${FOLDER}${basename(recording.model).replaceAll(/[^\w.-]/g, '-')}.json`;
  mkdirSync(FOLDER, { recursive: true });
  const answers = Object.fromEntries(
    Object.entries(recording.answers).sort(([one], [other]) => (one < other ? -1 : 1)),
  );
  writeFileSync(path, `${JSON.stringify({ ...recording, answers }, null, 2)}\n`);
  return path;
}

/** Answers as the model once did, and not at all what it was never asked. */
export function replay({ answers }: Recording): Gate {
  return {
    async ask(question) {
      const answer = answers[hashOf(question)] ?? null;
      if (answer === null) return null;
      const { message, ...rest } = answer;
      return { ...rest, messageId: message === null ? null : (question.context.messages[message]?.id ?? null) };
    },
  };
}

/** The same gate; what it answers is added to `recording`. */
export function record(gate: Gate, recording: Recording): Gate {
  return {
    async ask(question) {
      const answer = await gate.ask(question);
      if (answer !== null) {
        const { messageId, ...rest } = answer;
        const message = question.context.messages.findIndex(({ id }) => id === messageId);
        recording.answers[hashOf(question)] = { ...rest, message: message === -1 ? null : message };
      }
      return answer;
    },
  };
}

function hashOf({ context }: GateQuestion): string {
  return createHash('sha256').update(GATE_RULES).update(describeTalk(context, GATE_MESSAGES).text).digest('hex');
}
