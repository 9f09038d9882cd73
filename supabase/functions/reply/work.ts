import { type Log, logUnexpected } from '../_shared/log.ts';
import type { LeasedJob } from '../_shared/replies.ts';
import { type AnswerDeps, answerJob } from './answer.ts';
import { carefulGate } from './careful-gate.ts';
import { considerTurn, type TurnDeps } from './turn.ts';

export interface WorkDeps extends AnswerDeps, TurnDeps {
  readonly log: Log;
  /** New jobs are begun only this long after the call: the platform ends a worker some time after it. */
  readonly claimMs: number;
}

/**
 * Answers a leased job and then, one after another, what has been asked in the same chat meanwhile. Never rejects: what fails
 * unexpectedly is logged, and its lease runs out for another worker to try.
 */
export async function workChat(first: LeasedJob, deps: WorkDeps): Promise<void> {
  const until = performance.now() + deps.claimMs;
  try {
    for (let job: LeasedJob | null = first; job !== null; ) {
      const careful = { ...deps, gate: carefulGate(job, deps) };
      if (job.kind === 'answer' || (await considerTurn(job, careful))) await answerLogged(job, deps);
      job = performance.now() < until ? await deps.replies.claim(first.chatId) : null;
    }
  } catch (error) {
    logUnexpected(deps.log, error);
  }
}

async function answerLogged(job: LeasedJob, deps: WorkDeps): Promise<void> {
  const start = performance.now();
  const outcome = await answerJob(job, deps);
  deps.log('reply', {
    job: job.id,
    attempt: job.attempt,
    state: outcome.state,
    error: outcome.state === 'failed' ? outcome.error : null,
    ms: Math.round(performance.now() - start),
  });
}
