import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { buildExtension } from '../../../scripts/build-extension.ts';
import { launchFirefox, openSidePanelPage } from '../support/firefox.ts';
import { createGroup, createPerson } from '../support/people.ts';

const firefox = process.env['FIREFOX_PATH'];
const PASSWORD = 'correct horse battery';
const PATIENCE = { timeout: 20_000, interval: 100 };

/** A microphone that hums, and a person who says yes to every question. */
const HUMMING = { 'media.navigator.streams.fake': true, 'media.navigator.permission.disabled': true };

describe.skipIf(firefox === undefined)('[MSG10] dictating in Firefox', () => {
  const product = inject('product');
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const { url: supabaseUrl, publishableKey } = product;
    const build = { supabaseUrl, publishableKey, browser: 'firefox', outDir: '.output-e2e' } as const;
    browser = await launchFirefox(firefox ?? '', await buildExtension(build), HUMMING);
    const ana = await createPerson(product, 'Ana');
    await createGroup(ana, 'Voices');
    page = await openSidePanelPage(browser);
    // While the page is being loaded the driver answers with errors of its own.
    await vi.waitUntil(() => page.$('[type=email]').catch(() => null), PATIENCE);
    await page.type('[type=email]', ana.email);
    await page.type('[type=password]', PASSWORD);
    await page.click('[type=submit]');
    await (await page.waitForSelector('.chat-row'))?.click();
    await page.waitForSelector('.composer textarea');
  });

  afterAll(() => browser?.close());

  test('a window records, which the panel opens and closes', async () => {
    await page.type('.composer textarea', 'Hello');
    await page.click('.voice-button');
    // Its level is not looked at: without a loudspeaker, as on many servers, this browser starts no AudioContext.
    await page.waitForSelector('.voice-bar[data-state=recording]');
    await page.waitForFunction(() => document.querySelector('.voice-time')?.textContent === '0:02');
    await page.click('.voice-button');
    const draft = () => page.$eval('.composer textarea', (field) => (field as HTMLTextAreaElement).value);
    await vi.waitFor(
      async () => expect(await draft()).toMatch(/^Hello practice transcription of [23] seconds of ogg$/),
      PATIENCE,
    );
  });
});
