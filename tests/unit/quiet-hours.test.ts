import { describe, expect, test } from 'vitest';
import { quietHoursRow } from '../../lib/data/wire/quiet-hours.ts';
import { tryParse } from '../../lib/data/wire/rows.ts';
import { isQuiet } from '../../lib/model/quiet-hours.ts';

const night = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' };
const noon = { from: '12:00', to: '13:30', timeZone: 'Europe/Berlin' };
const at = (time: string) => new Date(time);

describe('[NOTE1] quiet hours', () => {
  test.each([
    ['the minute before', night, '2026-11-23T20:59:59Z', false],
    ['the first minute', night, '2026-11-23T21:00:00Z', true],
    ['midnight', night, '2026-11-23T23:00:00Z', true],
    ['the last minute', night, '2026-11-24T05:59:59Z', true],
    ['the end', night, '2026-11-24T06:00:00Z', false],
    ['before those of a day', noon, '2026-11-23T10:59:00Z', false],
    ['those of a day', noon, '2026-11-23T11:00:00Z', true],
    ['after those of a day', noon, '2026-11-23T12:30:00Z', false],
  ] as const)('%s', (_, hours, time, expected) => {
    expect(isQuiet(hours, at(time), 'Europe/Berlin')).toBe(expected);
  });

  test.each([
    // At 1:00 UTC on 29 March clocks go from 2:00 to 3:00; at 1:00 UTC on 25 October from 3:00 back to 2:00.
    ['in winter, an hour after UTC', '2026-03-28T06:00:00Z', false],
    ['in summer, two hours after UTC', '2026-03-29T05:00:00Z', false],
    ['the last quiet minute in summer', '2026-03-29T04:59:00Z', true],
    ['the hour that comes twice, first', '2026-10-25T00:30:00Z', true],
    ['the hour that comes twice, again', '2026-10-25T01:30:00Z', true],
    ['the end after a longer night', '2026-10-25T05:59:00Z', true],
    ['the morning after a longer night', '2026-10-25T06:00:00Z', false],
  ] as const)('when clocks change: %s', (_, time, expected) => {
    expect(isQuiet(night, at(time), 'Europe/Berlin')).toBe(expected);
  });

  test('the hour that a clock leaves out is quiet for nobody', () => {
    const leftOut = { from: '02:00', to: '03:00', timeZone: 'Europe/Berlin' };
    expect(isQuiet(leftOut, at('2026-03-29T00:59:00Z'), 'Europe/Berlin')).toBe(false);
    expect(isQuiet(leftOut, at('2026-03-29T01:00:00Z'), 'Europe/Berlin')).toBe(false);
    expect(isQuiet(leftOut, at('2026-03-30T00:30:00Z'), 'Europe/Berlin')).toBe(true);
  });

  test('the clock of the device counts, and one that tells no time zone goes by theirs', () => {
    const evening = at('2026-11-23T21:30:00Z');
    expect(isQuiet(night, evening, 'America/New_York')).toBe(false);
    expect(isQuiet(night, at('2026-11-24T03:30:00Z'), 'America/New_York')).toBe(true);
    expect(isQuiet(night, evening, 'UTC')).toBe(true);
    expect(isQuiet({ ...night, timeZone: 'UTC' }, evening, 'UTC')).toBe(false);
    expect(isQuiet(night, at('2026-11-23T16:15:00Z'), 'Asia/Kathmandu')).toBe(true);
  });

  test.each([
    ['none', { quiet_from: null, quiet_to: null, quiet_zone: null }, null],
    [
      'a time zone that this browser does not know',
      { quiet_from: '22:00', quiet_to: '07:00', quiet_zone: 'Mars/Olympus' },
      null,
    ],
    ['hours', { quiet_from: '22:00', quiet_to: '07:00', quiet_zone: 'Europe/Berlin' }, night],
  ] as const)('as the server sends them: %s', (_, row, expected) => {
    expect(tryParse(quietHoursRow, row)).toEqual(expected);
  });
});
