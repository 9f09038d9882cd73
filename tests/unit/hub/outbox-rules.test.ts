import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge, revive } from '../../../lib/hub/outbox-rules.ts';
import { type FailureCode, failure } from '../../../lib/model/failure.ts';

const half = () => 0.5;

describe('what becomes of an entry that could not be sent', () => {
  test('[MSG2] unreachable: it waits, longer each time, at most half a minute', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempts, chance) => {
          const { state, retryIn } = judge(failure('unreachable'), attempts, () => chance);
          expect(state).toEqual({ name: 'pending', attempts });
          expect(retryIn).toBeGreaterThan(0);
          expect(retryIn).toBeLessThanOrEqual(30_000);
        },
      ),
    );
    const waits = [1, 2, 3, 4].map((attempts) => judge(failure('unreachable'), attempts, half).retryIn ?? 0);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(new Set(waits).size).toBe(waits.length);
  });

  test('too many requests: as long as the server said', () => {
    const verdict = judge(failure('too_many_requests', { retryAfter: 7 }), 1, half);
    expect(verdict).toEqual({ state: { name: 'pending', attempts: 1 }, retryIn: 7000 });
  });

  test('[MSG2] signed out: it waits for the person, not for the clock', () => {
    expect(judge(failure('signed_out'), 1, half)).toEqual({ state: { name: 'pending', attempts: 1 }, retryIn: null });
  });

  test.each<FailureCode>(['not_member', 'too_long', 'empty', 'not_found', 'unknown'])('%s: it is failed', (code) => {
    expect(judge(failure(code), 1, half)).toEqual({ state: { name: 'failed', failure: failure(code) }, retryIn: null });
  });

  test('[MSG2] found again after the worker was ended, what was on its way is sent again', () => {
    expect(revive({ name: 'sending', attempts: 3 })).toEqual({ name: 'pending', attempts: 3 });
    const failed = { name: 'failed', failure: failure('not_member') } as const;
    expect(revive(failed)).toBe(failed);
  });
});
