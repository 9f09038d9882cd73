import { backoff, callAfter, debounce } from './timers.ts';

/** Looks after what no event told of: regularly, sooner when something suggests it, and again and again while the server is away. */
export interface Sweeper {
  now(): void;
  /** Within a moment; many wishes become one. */
  soon(): void;
}

interface Deps {
  /** Rejects when the server could not be asked. */
  sweep(): Promise<void>;
  random(): number;
  /** Whether events come at present: without the socket there are none. */
  hears(): boolean;
  /** Whether somebody is looking. */
  isAttended(): boolean;
  readonly signal: AbortSignal;
}

const PAUSE = 30_000;
const SOON = 100;
const LONGEST_PAUSE = { attended: 3_000, alone: 30_000 };

export function createSweeper({ sweep, random, hears, isAttended, signal }: Deps): Sweeper {
  let failures = 0;
  let cancel = () => {};

  function now(): void {
    if (signal.aborted) return;
    cancel();
    sweep()
      .then(
        () => {
          failures = 0;
        },
        () => {
          failures++;
        },
      )
      .finally(schedule);
  }

  function schedule(): void {
    cancel();
    const longest = isAttended() ? LONGEST_PAUSE.attended : LONGEST_PAUSE.alone;
    // Spread over half a minute, lest all hubs ask at once.
    const regular = hears() ? PAUSE * (1 + random()) : longest;
    cancel = callAfter(failures === 0 ? regular : backoff(failures, random, longest), signal, now);
  }

  return { now, soon: debounce(SOON, signal, now) };
}
