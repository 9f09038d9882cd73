import { createThrottle } from '../throttle.ts';
import { tooMany } from '../too-many.ts';

/** Wrong passwords: some at once, as people mistype, and then one in five seconds. */
const WRONG = { burst: 6, perSecond: 0.2 };

export interface Guesses {
  /** Lets passwords be tried one after the other, and while too many were wrong, not at all. */
  tryOne(signIn: () => Promise<Response>): Promise<Response>;
}

/**
 * Whoever guesses passwords is refused before one is hashed: hashing takes the processor from everybody else. Hosted projects count by
 * address; here all callers are on this machine, and are counted as one.
 */
export function createGuesses(now: () => number = Date.now): Guesses {
  const throttle = createThrottle(WRONG, now);
  let turn: Promise<unknown> = Promise.resolve();

  async function tryNow(signIn: () => Promise<Response>): Promise<Response> {
    if (throttle.wait > 0) return tooMany(Math.ceil(throttle.wait / 1000));
    const response = await signIn();
    if (response.status === 400) throttle.take();
    return response;
  }

  return {
    tryOne(signIn) {
      // At once, they would all be hashed before one is known to be wrong.
      const tried = turn.then(() => tryNow(signIn));
      turn = tried.catch(() => undefined);
      return tried;
    },
  };
}
