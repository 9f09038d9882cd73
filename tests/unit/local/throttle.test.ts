import { expect, test } from 'vitest';
import { createThrottle } from '../../../supabase/local/throttle.ts';

test('a burst goes at once, the rest one after the other, and rest gives the burst back', () => {
  let now = 5_000;
  const throttle = createThrottle({ burst: 3, perSecond: 10 }, () => now);
  expect(Array.from({ length: 6 }, () => throttle.take())).toEqual([0, 0, 0, 100, 200, 300]);
  expect(throttle.wait).toBe(400);
  expect(throttle.isRested).toBe(false);
  now += 300;
  expect(throttle.wait).toBe(100);
  now += 300;
  expect(throttle.isRested).toBe(true);
  expect(Array.from({ length: 4 }, () => throttle.take())).toEqual([0, 0, 0, 100]);
});

test('what costs more makes the next ones wait longer', () => {
  const throttle = createThrottle({ burst: 2, perSecond: 1 }, () => 0);
  expect(throttle.take(5)).toBe(0);
  expect(throttle.take()).toBe(4_000);
});
