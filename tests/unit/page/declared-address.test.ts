import { describe, expect, test } from 'vitest';
import { declaredFor } from '../../../lib/page/declared-address.ts';

const SITE = 'https://example.org';

describe('[PAGE6] the address that a page declares', () => {
  const believed = (address: string, loaded: string | null, declared: string | null) =>
    declaredFor(`${SITE}${address}`, { loaded: loaded === null ? null : `${SITE}${loaded}`, declared });

  test('is believed where the page was loaded there, and where the browser does not say', () => {
    expect(believed('/story?a=1', '/story?a=1', '/s/1')).toBe('/s/1');
    expect(believed('/story', null, '/s/1')).toBe('/s/1');
    // Neither a fragment nor what sites track with is another page.
    expect(believed('/story#part', '/story?utm_source=mail', '/s/1')).toBe('/s/1');
  });

  test('is none, or nonsense', () => {
    expect(believed('/story', '/story', null)).toBeNull();
    expect(believed('/story', '/story', 'https://')).toBeNull();
    expect(declaredFor('about:blank', { loaded: 'about:blank', declared: '/a' })).toBeNull();
  });

  test.each([
    ['another path', '/b', '/a', '/a'],
    ['another parameter', '/watch?v=2', '/watch?v=1', '/watch?v=1'],
    ['the same path, and no word of the parameter', '/list?page=2', '/list', '/list'],
    ['a parameter that the address has not', '/watch?v=2', '/watch?v=1', '/watch?v=2&t=9'],
  ])('is left over after going on: %s', (_, address, loaded, declared) => {
    expect(believed(address, loaded, declared)).toBeNull();
  });

  test('is believed after going on where it names this very page', () => {
    expect(believed('/watch?v=2&t=30', '/watch?v=1', '/watch?v=2')).toBe('/watch?v=2');
  });
});
