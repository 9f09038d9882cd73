import type { Acknowledgement, Care, LeasedJob, Replies } from '../_shared/replies.ts';
import type { Outcome } from './answer.ts';
import { EMPTY_ANSWER, type ModelAnswer } from './fold.ts';
import { guardAnswers } from './guard.ts';
import { ModelError } from './model-failure.ts';
import type { Moderator } from './moderator.ts';
import type { ToolResults } from './tool-results.ts';

/** Of an answer that was begun: with what care it goes on, once somebody under 18 may have joined. */
export interface LateCare {
  /** The answers as far as they may appear. */
  guard(answers: AsyncGenerator<ModelAnswer>): AsyncGenerator<ModelAnswer>;
  /** To be told of each acknowledgement. */
  hear(acknowledged: Acknowledgement): void;
  /** What the answer ends as, and what tools gave for it: looked through once more when somebody has joined. */
  lookAgain(outcome: Outcome, results: ToolResults): Promise<{ outcome: Outcome; results: ToolResults }>;
}

/**
 * In a restricted chat everything is looked through. In any other nothing is, until the database tells that somebody under 18 has
 * joined: from then on all of the text. The answer is not begun anew, which would tell the others who joined.
 */
export function watchCare(
  job: LeasedJob,
  care: Care,
  personId: string,
  { replies, moderator }: { readonly replies: Pick<Replies, 'readCare'>; readonly moderator?: Moderator },
): LateCare {
  let { restricted } = care;
  return {
    guard: (answers) =>
      moderator === undefined ? answers : guardAnswers(answers, moderator, personId, () => restricted),
    hear(acknowledged) {
      restricted ||= acknowledged.restricted;
    },
    async lookAgain(outcome, results) {
      const same = { outcome, results };
      if (moderator === undefined || care.restricted || !('body' in outcome)) return same;
      restricted ||= (await replies.readCare(job))?.restricted === true;
      if (!restricted) return same;
      const whole = { ...EMPTY_ANSWER, text: outcome.body, tools: results, ending: { kind: 'complete' } } as const;
      try {
        for await (const { text, tools } of guardAnswers(only(whole), moderator, personId))
          return { outcome: { ...outcome, body: text }, results: tools };
      } catch (thrown) {
        if (!(thrown instanceof ModelError)) throw thrown;
        return { outcome: { state: 'failed', ...thrown.failure }, results };
      }
      return same;
    },
  };
}

async function* only<T>(item: T): AsyncGenerator<T> {
  yield item;
}
