/** How fast it is forgotten what somebody took. */
const HALF_LIFE_MS = 5_000;
/** Senders kept in mind before those are dropped whose use has faded. */
const MANY = 1_000;

export interface FairQueue {
  /** Does the work as soon as there is a place and nobody waits who had less; gives what it gives, and throws what it throws. */
  run<T>(sender: string, work: () => Promise<T>): Promise<T>;
}

interface Use {
  /** Milliseconds of places taken, as of `at`. */
  readonly amount: number;
  readonly at: number;
}

/**
 * A few places, and the next one for whoever of those waiting had the least of them lately: somebody who asks now and then passes by those
 * who ask all the time. While nobody waits, nobody is held up. One sender never has all places.
 */
export function createFairQueue(places: number, now: () => number = () => performance.now()): FairQueue {
  const uses = new Map<string, Use>();
  const running = new Map<string, number>();
  const waiting: { readonly sender: string; readonly start: () => void }[] = [];
  let free = places;

  function useOf(sender: string): number {
    const use = uses.get(sender);
    return use === undefined ? 0 : use.amount * 2 ** ((use.at - now()) / HALF_LIFE_MS);
  }

  function startNext(): void {
    if (free === 0) return;
    const may = waiting.filter(({ sender }) => (running.get(sender) ?? 0) < Math.max(1, places - 1));
    const [first, ...others] = may;
    if (first === undefined) return;
    const next = others.reduce((least, other) => (useOf(other.sender) < useOf(least.sender) ? other : least), first);
    waiting.splice(waiting.indexOf(next), 1);
    next.start();
  }

  function enter(sender: string): Promise<void> {
    return new Promise((resolve) => {
      const start = () => {
        free -= 1;
        running.set(sender, (running.get(sender) ?? 0) + 1);
        resolve();
      };
      waiting.push({ sender, start });
      startNext();
    });
  }

  function leave(sender: string, took: number): void {
    free += 1;
    const left = (running.get(sender) ?? 1) - 1;
    if (left > 0) running.set(sender, left);
    else running.delete(sender);
    if (uses.size >= MANY) for (const other of uses.keys()) if (useOf(other) < 1) uses.delete(other);
    uses.set(sender, { amount: useOf(sender) + took, at: now() });
    startNext();
  }

  return {
    async run(sender, work) {
      await enter(sender);
      const start = now();
      try {
        return await work();
      } finally {
        leave(sender, now() - start);
      }
    },
  };
}
