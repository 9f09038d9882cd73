import { describe, expect, test } from 'vitest';
import { readOptions } from '../../../scripts/start/options.ts';

describe('arguments of npm start', () => {
  test('none mean one person on the usual port', () => {
    expect(readOptions([])).toEqual({ people: 1, fresh: false, port: 54421, browser: true, supabase: null });
  });

  test('all of them', () => {
    expect(readOptions(['--people', '2', '--fresh', '--port=0', '--no-browser'])).toEqual({
      people: 2,
      fresh: true,
      port: 0,
      browser: false,
      supabase: null,
    });
    expect(readOptions(['--supabase', 'https://a.supabase.co', '--key', 'k'])?.supabase).toEqual({
      url: 'https://a.supabase.co',
      key: 'k',
    });
  });

  test('--help wins', () => {
    expect(readOptions(['--people', 'many', '--help'])).toBeNull();
  });

  test.each([
    [['--people', '0'], '--people takes a whole number from 1 to 4, not "0".'],
    [['--people', 'two'], '--people takes a whole number from 1 to 4, not "two".'],
    [['--port', '99999'], '--port takes a whole number from 0 to 65534, not "99999".'],
    [['--supabase', 'https://a.supabase.co'], '--supabase and --key belong together'],
    [['--key', 'k'], '--supabase and --key belong together'],
    [['--poeple', '2'], "Unknown option '--poeple'. `npm start -- --help` lists the options."],
    [['now'], "Unexpected argument 'now'"],
    [['--people'], "Option '--people <value>' argument missing"],
  ])('%j is refused with a sentence', (args, sentence) => {
    expect(() => readOptions(args)).toThrow(sentence);
  });
});
