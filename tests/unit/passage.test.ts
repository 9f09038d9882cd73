import { expect, test } from 'vitest';
import { pageWords, passageOf, passageUrl } from '../../lib/model/passage.ts';

test('[INV7] only web pages are taken along, without where they were scrolled to', () => {
  expect(passageOf('https://example.org/a?b=c#part', '  two\n words ')).toEqual({
    url: 'https://example.org/a?b=c#part',
    quote: 'two words',
  });
  expect(passageOf('https://example.org/#:~:text=earlier', '')).toEqual({ url: 'https://example.org/', quote: null });
  for (const url of [
    'javascript:alert(1)',
    'file:///etc/passwd',
    'chrome://settings',
    'data:text/html,x',
    'https://x y',
  ])
    expect(passageOf(url, 'x')).toBeNull();
  expect(passageOf(`https://example.org/${'x'.repeat(2_000)}`, '')).toBeNull();
  expect(passageOf('https://example.org', 'x'.repeat(5_000))?.quote).toHaveLength(1_000);
});

test('[INV7] the address opens the page at the passage, whatever it says', () => {
  const open = (quote: string | null, url = 'https://example.org/a') => passageUrl({ url, quote });
  expect(open(null)).toBe('https://example.org/a');
  expect(open('lagan, tied & well-known')).toBe('https://example.org/a#:~:text=lagan%2C%20tied%20%26%20well%2Dknown');
  expect(open('word', 'https://example.org/a#part')).toBe('https://example.org/a#part:~:text=word');
  const long = Array.from({ length: 20 }, (_, index) => `w${index}`).join(' ');
  expect(open(long)).toBe('https://example.org/a#:~:text=w0%20w1%20w2%20w3,w16%20w17%20w18%20w19');
});

test('[INV7] a page is named by its address', () => {
  expect(pageWords('https://www.example.org/')).toBe('example.org');
  expect(pageWords('https://example.org/caf%C3%A9?q=1#x')).toBe('example.org/café');
  expect(pageWords(`https://example.org/${'x'.repeat(200)}`)).toHaveLength(60);
});
