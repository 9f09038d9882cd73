import type { Counts } from '../command/test-counts.ts';

export interface Outcome {
  /** Where the step ran tests. */
  readonly counts?: Counts;
  readonly ok: boolean;
  /** What to show when it is not ok. */
  readonly output: string;
  /** What to show in any case. */
  readonly note?: string;
}

/** One of the checks. Steps do not depend on each other. */
export interface Step {
  readonly name: string;
  run(signal: AbortSignal): Promise<Outcome>;
}
