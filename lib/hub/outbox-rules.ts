import type { Failure } from '../model/failure.ts';
import type { OutboxState } from '../model/outbox.ts';
import { backoff } from './timers.ts';

/** What becomes of an entry whose sending failed. */
export interface Verdict {
  readonly state: OutboxState;
  /** Milliseconds until it is tried again by itself; null: not before the connection is back or somebody asks. */
  readonly retryIn: number | null;
}

const LONGEST_PAUSE = 30_000;

/** `attempts`: how often it was tried, this time included. */
export function judge(failure: Failure, attempts: number, random: () => number): Verdict {
  const pending: OutboxState = { name: 'pending', attempts };
  switch (failure.code) {
    case 'unreachable':
      return { state: pending, retryIn: backoff(attempts, random, LONGEST_PAUSE) };
    case 'too_many_requests':
      return {
        state: pending,
        retryIn:
          failure.retryAfter === undefined ? backoff(attempts + 2, random, LONGEST_PAUSE) : failure.retryAfter * 1000,
      };
    case 'signed_out':
      // It waits for the same person to sign in again.
      return { state: pending, retryIn: null };
    default:
      return { state: { name: 'failed', failure }, retryIn: null };
  }
}

/** The state in which an entry is found again after the hub was ended: whatever was on its way is sent again, under its own id. */
export function revive(state: OutboxState): OutboxState {
  return state.name === 'sending' ? { name: 'pending', attempts: state.attempts } : state;
}
