import { describe, expect, test } from 'vitest';
import { useLivePanel } from './live-panel.ts';

const live = useLivePanel();
const linksIn = (selector: string) =>
  live.page.$$eval(`${selector} a`, (links) => links.map(({ href, target, rel }) => ({ href, target, rel })));

describe('[AI9] sources', () => {
  test('are numbered links that open in a new tab without a referrer', async () => {
    await live.open('chat-sources');
    const outside = { target: '_blank', rel: 'noopener noreferrer nofollow' };
    expect(await linksIn('.sources')).toEqual([
      { href: 'https://www.tides.example/porto', ...outside },
      { href: 'https://a-very-long-name-of-a-host-that-goes-on-and-on.example/douro', ...outside },
    ]);
    const [first] = await live.page.$$eval('.sources li', (rows) => rows.map(({ textContent }) => textContent));
    expect(first).toBe('Tide tablestides.example');
  });

  test('[AI14] an answer links to them and to what the question names; any other link is text', async () => {
    await live.open('chat-sources');
    const links = await linksIn('.assistant-message[data-state="complete"]:last-of-type .message-text');
    expect(links.map(({ href }) => href)).toEqual(['https://www.tides.example/porto', 'https://asked.example/table']);
    const words = await live.page.$$eval('.assistant-message .message-text', (texts) => texts.at(-1)?.textContent);
    expect(words).toContain('More is elsewhere.');
  });
});

test.each([
  ['chat-reading', 'reading the files'],
  ['chat-reading-page', 'reading the page'],
  ['chat-reading-pages', 'reading the pages'],
  ['chat-searching', 'searching the web'],
  ['chat-drawing', 'making a picture'],
])('[AI1] %s: it says what it does: %s', async (state, words) => {
  await live.open(state);
  expect(await live.page.$eval('.assistant-status', ({ textContent }) => textContent)).toBe(words);
});

test('[AI9] a made picture opens as any other, and needs no words', async () => {
  await live.open('chat-drawn');
  await live.page.click('.assistant-message .attachment-picture');
  await live.page.waitForSelector('.attachment-whole');
});
