import { type ReadonlySignal, signal } from '@preact/signals';

const MINUTE = 60_000;

/** The time, new at each full minute. */
export function createClock(now: () => Date, ended: AbortSignal): ReadonlySignal<Date> {
  const time = signal(now());
  let timer: ReturnType<typeof setTimeout>;
  const wait = () => {
    timer = setTimeout(tick, MINUTE - (Date.now() % MINUTE));
  };
  const tick = () => {
    time.value = now();
    wait();
  };
  if (!ended.aborted) wait();
  ended.addEventListener('abort', () => clearTimeout(timer));
  return time;
}
