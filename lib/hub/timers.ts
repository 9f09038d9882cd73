/** Calls once after a time, unless the signal ends before; returns what takes the call back. */
export function callAfter(ms: number, signal: AbortSignal, work: () => void): () => void {
  if (signal.aborted) return () => {};
  const timer = setTimeout(() => {
    signal.removeEventListener('abort', cancel);
    work();
  }, ms);
  const cancel = () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
  };
  signal.addEventListener('abort', cancel);
  return cancel;
}

/** Many calls within a time become one, at the end of it. */
export function debounce(ms: number, signal: AbortSignal, work: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting || signal.aborted) return;
    waiting = true;
    callAfter(ms, signal, () => {
      waiting = false;
      work();
    });
  };
}

/** Calls that come while the work runs share one further run after it; the result is that of a run begun after the call. */
export function coalesce(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  function start(): Promise<void> {
    running = work().finally(() => {
      running = null;
    });
    return running;
  }
  return () => {
    if (running === null) return start();
    next ??= running.then(
      () => restart(),
      () => restart(),
    );
    return next;
  };
  function restart(): Promise<void> {
    next = null;
    return start();
  }
}

/** Milliseconds before the next try: doubling from a quarter of a second up to the cap, the latter half of it by chance. */
export function backoff(tries: number, random: () => number, cap: number): number {
  const full = Math.min(cap, 250 * 2 ** Math.min(tries, 16));
  return full / 2 + (full / 2) * random();
}
