import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backoff, callAfter, coalesce } from '../../../lib/hub/timers.ts';

describe('timers', () => {
  test('a timer whose signal has ended does not ring', async () => {
    const rung: string[] = [];
    const end = new AbortController();
    callAfter(1, end.signal, () => rung.push('ended before'));
    const cancel = callAfter(1, new AbortController().signal, () => rung.push('taken back'));
    end.abort();
    cancel();
    callAfter(1, end.signal, () => rung.push('begun after the end'));
    await new Promise<void>((resolve) => callAfter(5, new AbortController().signal, resolve));
    expect(rung).toEqual([]);
  });

  test('calls during a run share one further run, which began after them', async () => {
    const runs: (() => void)[] = [];
    const work = coalesce(() => new Promise<void>((resolve) => runs.push(resolve)));
    const first = work();
    const others = [work(), work(), work()];
    expect(runs).toHaveLength(1);
    runs[0]!();
    await first;
    await expect.poll(() => runs).toHaveLength(2);
    runs[1]!();
    await Promise.all(others);
    expect(runs).toHaveLength(2);
  });

  test('a run that fails fails its callers, and the next one is made all the same', async () => {
    let count = 0;
    const work = coalesce(async () => {
      if (++count === 1) throw new Error('the first');
    });
    const [first, second] = await Promise.allSettled([work(), work()]);
    expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
  });

  test('pauses grow to the cap and not beyond, by chance but never to nothing', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.double({ min: 0, max: 0.999, noNaN: true }), (tries, chance) => {
        const pause = backoff(tries, () => chance, 10_000);
        expect(pause).toBeGreaterThanOrEqual(125);
        expect(pause).toBeLessThanOrEqual(10_000);
      }),
    );
  });
});
