import { setTimeout as delay } from 'node:timers/promises';
import { createThrottle, type Rate, type Throttle } from '../throttle.ts';
import type { Sender } from './sender.ts';

/** One browser asks much less but in bursts: when it starts or comes back, or sends ten files. */
const PERSON: Rate = { burst: 900, perSecond: 24 };
/** Whoever is not signed in; all people of one machine or household together. */
const ADDRESS: Rate = { burst: 60, perSecond: 20 };
/** Below the time that clients wait for an answer. */
const MAX_WAIT_MS = 5_000;
/** Senders kept in mind before those are looked for who have rested. */
const MANY = 1_000;

export interface Turns {
  /** Resolves to 0 when it is the sender's turn for something of this cost; at once to the seconds after which to ask again, when too much waits already. */
  wait(sender: Sender, cost?: number): Promise<number>;
}

/**
 * Everybody gets their turn, however fast somebody else asks: what comes too fast waits here, where it costs nothing, instead of before
 * the database, where all would wait with it. Hosted projects have a front that does this.
 */
export function createTurns(now: () => number = Date.now): Turns {
  const throttles = new Map<string, Throttle>();

  function throttleOf({ kind, id }: Sender): Throttle {
    const key = `${kind}:${id}`;
    const known = throttles.get(key);
    if (known !== undefined) return known;
    if (throttles.size >= MANY) forgetRested(throttles);
    const throttle = createThrottle(kind === 'person' ? PERSON : ADDRESS, now);
    throttles.set(key, throttle);
    return throttle;
  }

  return {
    async wait(sender, cost) {
      const throttle = throttleOf(sender);
      if (throttle.wait > MAX_WAIT_MS) return Math.ceil((throttle.wait - MAX_WAIT_MS) / 1000);
      const waits = throttle.take(cost);
      if (waits > 0) await delay(waits);
      return 0;
    },
  };
}

function forgetRested(throttles: Map<string, Throttle>): void {
  for (const [key, throttle] of throttles) if (throttle.isRested) throttles.delete(key);
}
