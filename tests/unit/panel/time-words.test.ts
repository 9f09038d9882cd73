import { describe, expect, test } from 'vitest';
import {
  clockTime,
  dayWords,
  durationWords,
  expiryWords,
  fullTime,
  listTime,
  plural,
} from '../../../components/time-words.ts';

/** Monday. */
const now = new Date('2026-11-23T14:32:00.000Z');
const utc = { timeZone: 'UTC', hourCycle: 'h23' } as const;
const at = (time: string) => new Date(time);

test.each([
  ['2026-11-23T00:00:00Z', '00:00', 'Today'],
  ['2026-11-22T23:59:00Z', 'Yesterday', 'Yesterday'],
  ['2026-11-20T12:00:00Z', 'Fri', 'Friday'],
  ['2026-11-17T12:00:00Z', 'Tue', 'Tuesday'],
  ['2026-11-16T12:00:00Z', 'Nov 16', 'Monday, November 16'],
  ['2025-12-31T12:00:00Z', 'Dec 31, 2025', 'Wednesday, December 31, 2025'],
  // A clock that runs ahead of ours.
  ['2026-11-24T01:00:00Z', '01:00', 'Today'],
])('%s is %s in the list and %s in the chat', (time, inList, inChat) => {
  expect(listTime(at(time), now, utc)).toBe(inList);
  expect(dayWords(at(time), now, utc)).toBe(inChat);
});

test('days are those of the place, not of Greenwich', () => {
  const late = at('2026-11-22T20:00:00Z');
  expect(dayWords(late, now, { timeZone: 'UTC' })).toBe('Yesterday');
  expect(dayWords(late, now, { timeZone: 'Asia/Tokyo' })).toBe('Today');
  expect(dayWords(at('2026-11-23T02:00:00Z'), now, { timeZone: 'America/Los_Angeles' })).toBe('Yesterday');
});

test('a day that is 23 or 25 hours long is a day', () => {
  const berlin = { timeZone: 'Europe/Berlin' };
  expect(dayWords(at('2026-10-24T21:30:00Z'), at('2026-10-25T22:30:00Z'), berlin)).toBe('Yesterday');
  expect(dayWords(at('2026-03-28T22:30:00Z'), at('2026-03-29T21:30:00Z'), berlin)).toBe('Yesterday');
});

test('the clock is the one of the region', () => {
  expect(clockTime(at('2026-11-23T14:05:00Z'), utc)).toBe('14:05');
  expect(clockTime(at('2026-11-23T14:05:00Z'), { timeZone: 'UTC', hourCycle: 'h12' })).toMatch(/^2:05\sPM$/);
  expect(fullTime(at('2026-11-23T14:05:00Z'), utc)).toBe('Monday, November 23, 2026, 14:05');
});

describe('durations', () => {
  test.each([
    [0, '1 second'],
    [1.2, '2 seconds'],
    [49, '49 seconds'],
    [50, '1 minute'],
    [3000, '50 minutes'],
    [3500, '1 hour'],
    [82_000, '23 hours'],
    [86_300, '1 day'],
    [7 * 86_400 - 5, '7 days'],
  ])('%d seconds are %s', (seconds, words) => {
    expect(durationWords(seconds)).toBe(words);
  });

  test('[INV1] say how long a link works', () => {
    expect(expiryWords(at('2026-11-24T14:31:58Z'), now)).toBe('for 1 day');
    expect(expiryWords(null, now)).toBe('until somebody resets it');
  });
});

test('counts', () => {
  expect([plural(1, 'member'), plural(20, 'member'), plural(16_000, 'character')]).toEqual([
    '1 member',
    '20 members',
    '16,000 characters',
  ]);
});
