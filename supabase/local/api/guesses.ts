/** Wrong passwords within a minute. */
const MAX_WRONG = 30;
const WINDOW_MS = 60_000;

/**
 * Whoever guesses passwords is refused before one is hashed: hashing takes the processor from everybody else. Hosted projects count by
 * address; here all callers are on this machine, and are counted as one.
 */
export interface Guesses {
  /** The answer where too many were wrong; null: one may try. */
  refusal(): Response | null;
  /** A password was wrong. */
  note(): void;
}

export function createGuesses(now: () => number = Date.now): Guesses {
  /** When passwords were wrong, the last of them. */
  let wrong: readonly number[] = [];

  return {
    refusal() {
      const oldest = wrong.at(-MAX_WRONG);
      if (oldest === undefined || oldest + WINDOW_MS <= now()) return null;
      const seconds = Math.ceil((oldest + WINDOW_MS - now()) / 1000);
      const body = { code: 429, error_code: 'over_request_rate_limit', msg: 'Request rate limit reached' };
      return Response.json(body, { status: 429, headers: { 'retry-after': String(seconds) } });
    },
    note() {
      wrong = [...wrong, now()].slice(-MAX_WRONG);
    },
  };
}
