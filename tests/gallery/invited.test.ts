import { expect, test } from 'vitest';
import { useLivePanel } from './live-panel.ts';

const panel = useLivePanel();
const LIMITED = 'Too many tries. Try again in';
const OVER = 'Too many tries. You can try again now.';

const text = (selector: string) => panel.page.$eval(selector, (element) => element.textContent);

test.each([
  ['screen', 'invited-limited', '.empty-state p', '.invite-actions .primary'],
  ['banner', 'invited-limited-signed-out', '.invite-banner p', '.invite-banner p + .button'],
])('[INV5] the %s of an invite says when, counts down, and asks nothing before', async (_, state, words, retry) => {
  await panel.open(state);
  const before = await text(words);
  expect(before).toContain(LIMITED);
  await panel.page.click(retry);
  expect(await panel.asked('previewInvite')).toHaveLength(1);
  await panel.page.waitForFunction(
    (selector, old) => document.querySelector(selector)?.textContent !== old,
    {},
    words,
    before,
  );
  expect(await text(words)).toContain(LIMITED);
});

test.each([
  ['screen', 'invited-limited-over', '.empty-state p', '.invite-actions .primary', '.invite-preview h1'],
  ['banner', 'invited-limited-newcomer', '.invite-banner p', '.invite-banner p + .button', '.invite-banner b'],
])('[INV5] the %s of an invite works once the time is over', async (_, state, words, retry, title) => {
  await panel.open(state);
  expect(await text(words)).toBe(OVER);
  await panel.page.click(retry);
  await panel.page.waitForSelector(title);
  expect(await panel.asked('previewInvite')).toHaveLength(2);
});
