import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cleanText } from '../../../supabase/functions/_shared/clean-text.ts';

describe('[AI14] hidden text is dropped before it reaches the model', () => {
  test.each([
    ['tags that spell an instruction', `Hi${String.fromCodePoint(0xe0069, 0xe0067, 0xe006e)}`, 'Hi'],
    ['a reading order override', 'pay \u202eevil\u202c now', 'pay evil now'],
    ['isolates and marks', '\u2066a\u2069\u200eb\u061c', 'ab'],
    ['zero-width spaces and joiners within Latin words', 'ig\u200bno\u200dre\u2060 \u200call\ufeff', 'ignore all'],
    ['variation selectors that carry bytes', `x${String.fromCodePoint(0xfe01, 0xe0101)}`, 'x'],
    ['controls', 'a\u0000b\u001b[31m\u0085c', 'ab[31mc'],
    ['fillers that look like nothing', '\u3164\u115fok', 'ok'],
    ['half a character', 'a\ud800b', 'a\ufffdb'],
  ])('%s', (_, text, expected) => {
    expect(cleanText(text)).toBe(expected);
  });
});

describe('what people see stays', () => {
  test.each([
    'Tabs\tand\nlines',
    'family \u{1f468}\u200d\u{1f469}\u200d\u{1f467} and heart \u2764\ufe0f',
    'waving \u{1f44b}\u{1f3fd} and rainbow \u{1f3f3}\ufe0f\u200d\u{1f308}',
    'Persian \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645',
    'Hindi \u0915\u094d\u200d\u0937',
    '\u65e5\u672c\u8a9e \ud55c\uad6d\uc5b4 caf\u00e9',
  ])('%s', (text) => {
    expect(cleanText(text)).toBe(text);
  });

  test('line breaks of any kind become plain ones', () => {
    expect(cleanText('a\r\nb\rc\u2028d\u2029e')).toBe('a\nb\nc\nd\ne');
  });
});

test('panels and functions drop the same letters', () => {
  const rules = (path: string) =>
    readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
      .replace(/^\/\/.*\n\n/, '')
      .replaceAll('export ', '');
  expect(rules('lib/model/clean-text.ts')).toBe(rules('supabase/functions/_shared/clean-text.ts'));
});
