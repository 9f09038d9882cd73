import { describe, expect, test } from 'vitest';
import { useLivePanel } from './live-panel.ts';

const live = useLivePanel();
const textsOf = (selector: string) =>
  live.page.$$eval(selector, (found) => found.map(({ textContent }) => textContent));
const BUTTON = '.target-button[aria-label^=Model]';

describe('[AI8] the menu of models', () => {
  test('offers what the server has, and pins what is chosen', async () => {
    await live.open('models-open');
    expect(await textsOf('.menu-words')).toEqual([
      'AutomaticBy what you ask and your plan',
      'Quickgpt-6-luna',
      'Standardgpt-6.1-terra',
      'Thoroughgpt-6.1-sol',
    ]);
    await live.page.click('.menu [role=menuitemradio]:nth-child(2)');
    await live.page.waitForSelector(`${BUTTON}[aria-label$=quick]`);
  });

  test('is not there where there is nothing to choose from', async () => {
    await live.open('chat');
    expect(await live.page.$(BUTTON)).toBeNull();
  });

  test('says where the plan leaves the choice to Sideroom, and offers no other', async () => {
    await live.open('models-plan');
    expect(await textsOf('.menu-words')).toEqual(['AutomaticBy what you ask and your plan']);
  });

  test('goes back when the server refuses', async () => {
    await live.open('models-refused');
    expect(await live.page.$eval(BUTTON, ({ textContent }) => textContent)).toBe('Model: automatic');
    expect(await textsOf('.toast')).toEqual([expect.stringContaining('Your plan leaves the choice')]);
  });
});

test('[AI9] one’s own word on the profile picture is off until it is given, and only there where it matters', async () => {
  await live.open('profile-likeness');
  expect(await live.page.$eval('.likeness-switch input', (box) => (box as HTMLInputElement).checked)).toBe(false);
  await live.page.click('.likeness-switch input');
  expect(await live.page.$eval('.likeness-switch input', (box) => (box as HTMLInputElement).checked)).toBe(true);
  await live.open('profile-edit');
  expect(await live.page.$('.likeness-switch')).toBeNull();
});

test.each([
  ['failed-unreachable', 'did not answer'],
  ['failed-limited', 'Try again in 20 minutes'],
  ['failed-key', 'does not know Sideroom’s key'],
  ['failed-too-long', 'more than the AI can read'],
])('[AI6] %s: the chat says why, and offers to try again', async (state, words) => {
  await live.open(state);
  await live.page.waitForFunction(
    (expected) => document.querySelector('.assistant-mark.failed')?.textContent?.includes(expected),
    {},
    words,
  );
  expect(await live.page.$('.assistant-mark.failed .button')).not.toBeNull();
});
