import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, look } from './browser.ts';
import { type GalleryServer, serveGallery } from './serve.ts';

let server: GalleryServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = await serveGallery();
  browser = await launchBrowser();
  page = await browser.newPage();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const show = (state: string) => look(page, server.url, { state, scheme: 'light', width: 360 });
const textsOf = (selector: string) => page.$$eval(selector, (found) => found.map(({ textContent }) => textContent));
const BUTTON = '.target-button[aria-label^=Model]';

describe('[AI8] the menu of models', () => {
  test('offers what the server has, and pins what is chosen', async () => {
    await show('models-open');
    expect(await textsOf('.menu-words')).toEqual([
      'AutomaticBy what you ask and your plan',
      'Quickgpt-6-luna',
      'Standardgpt-6.1-terra',
      'Thoroughgpt-6.1-sol',
    ]);
    await page.click('.menu [role=menuitemradio]:nth-child(2)');
    await page.waitForSelector(`${BUTTON}[aria-label$=quick]`);
  });

  test('is not there where there is nothing to choose from', async () => {
    await show('chat');
    expect(await page.$(BUTTON)).toBeNull();
  });

  test('says where the plan leaves the choice to Sideroom, and offers no other', async () => {
    await show('models-plan');
    expect(await textsOf('.menu-words')).toEqual(['AutomaticBy what you ask and your plan']);
  });

  test('goes back when the server refuses', async () => {
    await show('models-refused');
    expect(await page.$eval(BUTTON, ({ textContent }) => textContent)).toBe('Model: automatic');
    expect(await textsOf('.toast')).toEqual([expect.stringContaining('Your plan leaves the choice')]);
  });
});

test('[AI9] one’s own word on the profile picture is off until it is given, and only there where it matters', async () => {
  await show('profile-likeness');
  expect(await page.$eval('.likeness-switch input', (box) => (box as HTMLInputElement).checked)).toBe(false);
  await page.click('.likeness-switch input');
  expect(await page.$eval('.likeness-switch input', (box) => (box as HTMLInputElement).checked)).toBe(true);
  await show('profile-edit');
  expect(await page.$('.likeness-switch')).toBeNull();
});

test.each([
  ['failed-unreachable', 'did not answer'],
  ['failed-limited', 'Try again in 20 minutes'],
  ['failed-key', 'does not know Sideroom’s key'],
  ['failed-too-long', 'more than the AI can read'],
])('[AI6] %s: the chat says why, and offers to try again', async (state, words) => {
  await show(state);
  await page.waitForFunction(
    (expected) => document.querySelector('.assistant-mark.failed')?.textContent?.includes(expected),
    {},
    words,
  );
  expect(await page.$('.assistant-mark.failed .button')).not.toBeNull();
});
