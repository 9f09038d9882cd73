export interface Stoppable {
  stop(): Promise<void>;
}

export interface StopTogether extends Stoppable {
  /** Takes parts in. They stop in the reverse order of this, one after the other. */
  keep<T extends Stoppable>(part: T): T;
  /** Stops all, also those behind one that fails. Calls after the first get the first one's outcome. */
  stop(): Promise<void>;
}

/** Parts that end together. */
export function stopTogether(): StopTogether {
  const parts: Stoppable[] = [];
  let stopped: Promise<void> | undefined;

  async function stopAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const part of parts.reverse()) await part.stop().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be stopped.');
  }

  return {
    keep(part) {
      parts.push(part);
      return part;
    },
    stop() {
      stopped ??= stopAll();
      return stopped;
    },
  };
}
