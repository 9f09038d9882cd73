import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { pace } from '../../../supabase/functions/reply/pace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A source that a test feeds by hand. */
function createSource<T>() {
  const results: PromiseWithResolvers<IteratorResult<T>>[] = [Promise.withResolvers()];
  const settle = (use: (last: PromiseWithResolvers<IteratorResult<T>>) => void) => {
    use(results.at(-1) as PromiseWithResolvers<IteratorResult<T>>);
    results.push(Promise.withResolvers());
  };
  let read = 0;
  return {
    put: (value: T) => settle((last) => last.resolve({ value, done: false })),
    end: () => settle((last) => last.resolve({ value: undefined, done: true })),
    fail: (error: Error) => settle((last) => last.reject(error)),
    next: () => (results[read++] as PromiseWithResolvers<IteratorResult<T>>).promise,
  };
}

/** What has come out by now, with the time it came. */
async function collect<T>(values: AsyncIterable<T | null>) {
  const start = performance.now();
  const out: [number, T | null][] = [];
  const done = (async () => {
    for await (const value of values) out.push([performance.now() - start, value]);
  })();
  return { out, done };
}

describe('pace', () => {
  test('the first value goes at once, those within the interval as one, the last one always', async () => {
    const source = createSource<string>();
    const { out, done } = await collect(pace(source, { everyMs: 250, beatMs: 5_000 }));
    source.put('a');
    await vi.advanceTimersByTimeAsync(0);
    expect(out).toEqual([[0, 'a']]);
    for (const value of ['ab', 'abc', 'abcd']) {
      await vi.advanceTimersByTimeAsync(50);
      source.put(value);
    }
    await vi.advanceTimersByTimeAsync(100);
    expect(out.slice(1)).toEqual([[250, 'abcd']]);
    await vi.advanceTimersByTimeAsync(10);
    source.put('abcde');
    source.end();
    await done;
    expect(out.slice(2)).toEqual([[260, 'abcde']]);
  });

  test('after a pause the next value goes at once', async () => {
    const source = createSource<string>();
    const { out } = await collect(pace(source, { everyMs: 250, beatMs: 5_000 }));
    source.put('a');
    await vi.advanceTimersByTimeAsync(1_000);
    source.put('ab');
    await vi.advanceTimersByTimeAsync(0);
    expect(out).toEqual([
      [0, 'a'],
      [1_000, 'ab'],
    ]);
  });

  test('silence gives beats, and a value starts the silence anew', async () => {
    const source = createSource<string>();
    const { out } = await collect(pace(source, { everyMs: 250, beatMs: 5_000 }));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(out).toEqual([
      [5_000, null],
      [10_000, null],
    ]);
    await vi.advanceTimersByTimeAsync(2_000);
    source.put('a');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(out.slice(2)).toEqual([
      [12_000, 'a'],
      [17_000, null],
    ]);
  });

  test('a slow reader gets the newest value, not a queue', async () => {
    const source = createSource<number>();
    const seen: (number | null)[] = [];
    const reading = (async () => {
      for await (const value of pace(source, { everyMs: 10, beatMs: 5_000 })) {
        seen.push(value);
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
    })();
    for (let value = 1; value <= 20; value += 1) {
      source.put(value);
      await vi.advanceTimersByTimeAsync(100);
    }
    source.end();
    await vi.advanceTimersByTimeAsync(5_000);
    await reading;
    expect(seen).toEqual([1, 11, 20]);
  });

  test('a failure of the source is the reader’s, unless it has left', async () => {
    const source = createSource<string>();
    const { done } = await collect(pace(source, { everyMs: 250, beatMs: 5_000 }));
    const failed = expect(done).rejects.toThrow('lost');
    source.fail(new Error('lost'));
    await failed;

    const other = createSource<string>();
    const values = pace(other, { everyMs: 250, beatMs: 5_000 });
    other.put('a');
    await values.next();
    await values.return(null);
    other.fail(new Error('nobody reads this'));
    await vi.advanceTimersByTimeAsync(0);
  });
});
