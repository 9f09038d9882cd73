import { describe, expect, test } from 'vitest';
import { chatPageSalt, PAGE_SALT } from '../../../lib/model/page-lookup.ts';
import { canonicalUrl } from '../../../lib/page/canonical-url.ts';
import { pageHash } from '../../../lib/page/page-hash.ts';

describe('canonical addresses', () => {
  test.each([
    ['https://example.org', 'https://example.org/'],
    ['HTTPS://EXAMPLE.org:443/A/../b', 'https://example.org/b'],
    ['https://ana:secret@example.org/a', 'https://example.org/a'],
    ['https://example.org/a#part', 'https://example.org/a'],
    ['https://example.org/a#:~:text=some%20words', 'https://example.org/a'],
    ['https://example.org/#/trips/4', 'https://example.org/#/trips/4'],
    ['https://example.org/app#!/inbox', 'https://example.org/app#!/inbox'],
    ['https://example.org/#/trips/4:~:text=words', 'https://example.org/#/trips/4'],
    ['https://example.org/#/', 'https://example.org/'],
    ['https://example.org/a?b=2&a=1&b=3', 'https://example.org/a?b=2&a=1&b=3'],
    ['https://example.org/a?', 'https://example.org/a'],
    ['https://example.org/a?q=caf%C3%A9+au&x', 'https://example.org/a?q=caf%C3%A9+au&x'],
  ])('[PAGE2] %s is %s', (address, expected) => {
    expect(canonicalUrl(address)).toBe(expected);
  });

  test.each([
    ...[
      'utm_source=x',
      'utm_campaign=spring%20sale',
      'UTM_Medium=mail',
      'fbclid=IwAR0',
      'gclid=Cj0',
      'dclid=1',
      'gbraid=0',
    ],
    ...['msclkid=1', 'mc_cid=1', 'mc_eid=2', 'igshid=1', 'twclid=1', 'ttclid=1', '_hsenc=p2', '_hsmi=3', 'mkt_tok=eyJ'],
    ...[
      'yclid=7',
      'vero_id=1',
      '_openstat=a',
      'oly_enc_id=1',
      'rb_clickid=1',
      's_cid=mail',
      'mtm_campaign=a',
      'pk_campaign=a',
    ],
    ...[
      '_ga=2.1',
      '_gl=1*a',
      'srsltid=AfmBO',
      'guccounter=1',
      'cmpid=rss',
      'at_medium=RSS',
      '_branch_match_id=1',
      'irclickid=x',
    ],
  ])('[PAGE2] %s says nothing about the page', (parameter) => {
    expect(canonicalUrl(`https://example.org/a?${parameter}&id=7`)).toBe('https://example.org/a?id=7');
    expect(canonicalUrl(`https://example.org/a?id=7&${parameter}`)).toBe('https://example.org/a?id=7');
    expect(canonicalUrl(`https://example.org/a?${parameter}`)).toBe('https://example.org/a');
  });

  test('[PAGE2] what is tracking in one place is content in another', () => {
    expect(canonicalUrl('https://www.youtube.com/watch?v=abc&si=x1&t=42&feature=share')).toBe(
      'https://www.youtube.com/watch?v=abc&t=42',
    );
    for (const query of [
      'si=7',
      'feature=dark',
      'r=2',
      'source=books',
      'ref=main',
      'p=3',
      'id=1',
      'gallery=2',
      'spm=1',
    ]) {
      expect(canonicalUrl(`https://example.org/a?${query}`)).toBe(`https://example.org/a?${query}`);
    }
  });

  test.each([
    ['https://example.org/a?session=1', 'https://example.org/a', 'https://example.org/a'],
    ['https://example.org/a?x=1', '/a', 'https://example.org/a'],
    ['https://m.example.org/a', 'https://www.example.org/a', 'https://www.example.org/a'],
    ['https://example.org/a/amp', 'https://example.org/a?utm_source=amp#top', 'https://example.org/a'],
    ['http://example.org/a', 'https://example.org/a', 'https://example.org/a'],
    ['https://example.org/?x=1', 'https://example.org/', 'https://example.org/'],
  ])('[PAGE2] %s is believed to be %s', (address, declared, expected) => {
    expect(canonicalUrl(address, declared)).toBe(expected);
  });

  test.each([
    ['another site', 'https://bank.example/login'],
    ['a neighbour on the same host', 'https://ben.example.org/a'],
    ['another port', 'https://example.org:8443/a'],
    ['a way back to http', 'http://example.org/a'],
    ['the front page', 'https://example.org/'],
    ['no web page', 'javascript:alert(1)'],
    ['a file', 'file:///etc/passwd'],
    ['no address', 'https://'],
    ['nothing', ' '],
  ])('[PAGE2] a page is not believed that names %s', (_, declared) => {
    expect(canonicalUrl('https://example.org/a', declared)).toBe('https://example.org/a');
  });

  test('[PAGE2] a route of a single-page app is not taken for the app', () => {
    expect(canonicalUrl('https://example.org/#/trips', 'https://example.org/')).toBe('https://example.org/#/trips');
  });

  test('[PAGE2] hosts under which everybody may publish are not one site', () => {
    expect(canonicalUrl('https://ana.pages.example/a', 'https://ben.pages.example/a')).toBe(
      'https://ana.pages.example/a',
    );
    expect(canonicalUrl('https://m.example/a', 'https://example/a')).toBe('https://m.example/a');
  });

  test('[PAGE2] long addresses are cut, and only web addresses are taken', () => {
    const long = canonicalUrl(`https://example.org/a?q=${'x'.repeat(3_000)}`);
    expect(long).toBe('https://example.org/a');
    expect(canonicalUrl(`https://example.org/${'x'.repeat(3_000)}`)).toBe('https://example.org/');
    for (const address of ['about:blank', 'chrome://settings', 'file:///a', 'data:text/html,x', 'x', '']) {
      expect(() => canonicalUrl(address)).toThrow(TypeError);
    }
  });

  test('[PAGE2] it is the same when done again', () => {
    for (const address of [
      'https://example.org/a?utm_source=x&b=1#c',
      'https://example.org/#/a?x=1',
      'http://a.example/%7Eb?q=ä',
    ]) {
      expect(canonicalUrl(canonicalUrl(address))).toBe(canonicalUrl(address));
    }
  });
});

test('[PAGE4] the hash of a page is that of salt and address, and tells neither', async () => {
  const hash = await pageHash('https://example.org/a', 'salt');
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(await pageHash('https://example.org/a', 'salt')).toBe(hash);
  expect(await pageHash('https://example.org/a', 'pepper')).not.toBe(hash);
  expect(await pageHash('https://example.org/b', 'salt')).not.toBe(hash);
  // Of the words "salt" and "abc" together, so that the database may do the same.
  expect(await pageHash('bc', 'a')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('[PAGE4] a page has another hash in each chat, and than where it was shared', async () => {
  const salts = [
    PAGE_SALT,
    chatPageSalt('0199d000-0000-7000-8000-000000000001'),
    chatPageSalt('0199d000-0000-7000-8000-000000000002'),
  ];
  const hashes = await Promise.all(salts.map((salt) => pageHash('https://example.org/a', salt)));
  expect(new Set(hashes).size).toBe(3);
});
