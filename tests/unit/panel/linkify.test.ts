import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkify } from '../../../components/chat/linkify.ts';

/** The links of a text. */
const links = (text: string) => linkify(text).flatMap(({ href }) => href ?? []);

describe('[MSG6] what can be clicked', () => {
  test.each([
    ['see https://example.org/a?b=c#d now', 'https://example.org/a?b=c#d'],
    ['HTTP://EXAMPLE.ORG', 'HTTP://EXAMPLE.ORG'],
    ['https://example.org.', 'https://example.org'],
    ['Really, https://example.org/?!', 'https://example.org/'],
    ['(https://example.org/a)', 'https://example.org/a'],
    ['https://en.wikipedia.org/wiki/Room_(disambiguation)', 'https://en.wikipedia.org/wiki/Room_(disambiguation)'],
    [
      '(see https://en.wikipedia.org/wiki/Room_(disambiguation)).',
      'https://en.wikipedia.org/wiki/Room_(disambiguation)',
    ],
    ['“https://example.org/a”', 'https://example.org/a'],
    ['https://example.org/a\nand more', 'https://example.org/a'],
    ['https://münchen.example/ö', 'https://münchen.example/ö'],
    ['http://127.0.0.1:8080/x', 'http://127.0.0.1:8080/x'],
  ])('%j', (text, address) => {
    expect(links(text)).toEqual([address]);
  });

  test('several', () => {
    expect(links('https://a.example, https://b.example')).toEqual(['https://a.example', 'https://b.example']);
  });
});

describe('[MSG6] what stays text', () => {
  test.each([
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'example.org',
    'www.example.org',
    'xhttps://example.org',
    'https://',
    'https://bank.example@evil.example/login',
    'https://user:word@evil.example',
    '<a href="javascript:alert(1)">x</a>',
  ])('%j', (text) => {
    expect(links(text)).toEqual([]);
  });

  test('markup around an address is not part of it', () => {
    expect(links('<img src="https://example.org/a.png">')).toEqual(['https://example.org/a.png']);
  });
});

test('no character is lost or added, and every link is http', () => {
  const word = fc.oneof(
    fc.constantFrom('https://', 'http://', 'a.example', '(', ')', '.', ' ', '\n', '@', ']', '"', 'javascript:'),
    fc.string({ unit: 'grapheme' }),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 20 }), (words) => {
      const text = words.join('');
      const parts = linkify(text);
      expect(parts.map((part) => part.text).join('')).toBe(text);
      for (const { href } of parts) if (href !== undefined) expect(new URL(href).protocol).toMatch(/^https?:$/);
    }),
    { seed: 11, numRuns: 500 },
  );
});
