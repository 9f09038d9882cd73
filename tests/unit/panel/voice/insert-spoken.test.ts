import { expect, test } from 'vitest';
import { insertSpoken } from '../../../../components/voice/insert-spoken.ts';

/** The caret is the bar. */
const insert = (marked: string, spoken = 'so to speak') => {
  const caret = marked.indexOf('|');
  const done = insertSpoken(marked.replace('|', ''), caret, spoken);
  return `${done.text.slice(0, done.caret)}|${done.text.slice(done.caret)}`;
};

test.each([
  ['|', 'so to speak|'],
  ['Well,|', 'Well, so to speak|'],
  ['Well, |', 'Well, so to speak|'],
  ['|Hello', 'so to speak |Hello'],
  ['One| two', 'One so to speak| two'],
  ['One |two', 'One so to speak |two'],
  ['One|.', 'One so to speak|.'],
  ['line\n|', 'line\nso to speak|'],
  ['(|)', '(so to speak|)'],
])('[MSG10] spoken words come in at the caret and replace nothing: %s', (before, after) => {
  expect(insert(before)).toBe(after);
});

test('[MSG10] scripts without spaces get none', () => {
  expect(insert('明日、|海へ', '六時に')).toBe('明日、六時に|海へ');
});
