export interface Pace {
  /** Time given to values to gather, from when the reader came back for more. */
  readonly everyMs: number;
  /** After this much silence a beat is given. */
  readonly beatMs: number;
}

/**
 * The newest values of `source` at a bearable pace: the first at once, then at most one per `everyMs`, the last always. Null is a
 * beat: nothing new for `beatMs`. Values in between are dropped, so each must contain what the ones before it said.
 */
export async function* pace<T>(source: AsyncIterator<T>, { everyMs, beatMs }: Pace): AsyncGenerator<T | null> {
  let waiting: { readonly value: T } | null = null;
  let open = performance.now();
  let beat = open + beatMs;
  let next = source.next();
  try {
    for (;;) {
      const result: IteratorResult<T> | null = await before(waiting === null ? beat : open, next);
      if (result?.done) break;
      if (result !== null) {
        waiting = { value: result.value };
        next = source.next();
        if (performance.now() < open) continue;
      }
      yield waiting === null ? null : waiting.value;
      const now = performance.now();
      if (waiting !== null) open = now + everyMs;
      beat = now + beatMs;
      waiting = null;
    }
    if (waiting !== null) yield waiting.value;
  } finally {
    // The reader may have left in the middle: a failure of the source is then nobody's concern.
    next.catch(() => undefined);
  }
}

/** The promise's result, or null when the time (of `performance.now()`) comes first. */
async function before<R>(time: number, promise: Promise<R>): Promise<R | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, time - performance.now()), null);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
