import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Failure } from '../../lib/model/failure.ts';

const SECOND = 1000;

/** The failure with `retryAfter` as it is now, down to 0. By the clock, so that a machine that slept has waited too. */
export function useCountdown(failure: Failure): Failure {
  const { retryAfter } = failure;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another failure begins another wait, also one of the same length
  const end = useMemo(() => Date.now() + (retryAfter ?? 0) * SECOND, [failure]);
  const [, setTick] = useState(0);
  const left = Math.max(0, Math.ceil((end - Date.now()) / SECOND));

  useEffect(() => {
    if (left === 0) return;
    const timer = setTimeout(() => setTick((tick) => tick + 1), end - Date.now() - (left - 1) * SECOND);
    return () => clearTimeout(timer);
  });
  return retryAfter === undefined ? failure : { ...failure, retryAfter: left };
}

/** Whether trying again cannot work yet. */
export function mustWait({ retryAfter = 0 }: Failure): boolean {
  return retryAfter > 0;
}
