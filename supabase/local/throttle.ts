export interface Rate {
  /** What may come at once. */
  readonly burst: number;
  /** What may go on coming. */
  readonly perSecond: number;
}

/** Holds one sender to a rate. What comes faster has to wait, in the order in which it came. */
export interface Throttle {
  /** Milliseconds that one more would have to wait. */
  readonly wait: number;
  /** Counts one more, or as many as it costs, and gives the milliseconds after which it may go on. */
  take(cost?: number): number;
  /** True when as much as `burst` may come again: nothing is lost by forgetting this sender. */
  readonly isRested: boolean;
}

/** The generic cell rate algorithm: of each sender, only the moment is kept at which all that was taken is paid. */
export function createThrottle({ burst, perSecond }: Rate, now: () => number = Date.now): Throttle {
  const each = 1000 / perSecond;
  let paidAt = Number.NEGATIVE_INFINITY;
  const wait = () => Math.max(0, paidAt + each - burst * each - now());

  return {
    get wait() {
      return wait();
    },
    take(cost = 1) {
      const waits = wait();
      paidAt = Math.max(paidAt, now()) + cost * each;
      return waits;
    },
    get isRested() {
      return paidAt <= now();
    },
  };
}
