import axe from 'axe-core';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchBrowser, look, settle } from './browser.ts';
import { STATES } from './states.ts';

/** Into how many files the states are dealt: a worker takes one at a time. */
const PARTS = 2;

/** Looks at every state of one part, in one browser. */
export function checkStates(part: 0 | 1): void {
  let browser: Browser;
  let page: Page;
  const troubles: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
    page = await browser.newPage();
    page.on('pageerror', (error) => troubles.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') troubles.push(message.text());
    });
  });
  afterAll(() => browser?.close());

  const states = Object.keys(STATES).filter((_, index) => index % PARTS === part);

  describe('each state', () => {
    test.each(states)('%s: axe finds nothing, light or dark, and it fits into 320 pixels', async (state) => {
      troubles.length = 0;
      await look(page, inject('gallery'), { state, scheme: 'light', width: 360 });
      expect(await findings(page)).toEqual([]);
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
      await settle(page);
      expect(await findings(page, ['color-contrast'])).toEqual([]);
      await page.setViewport({ width: 320, height: 640 });
      expect(await overflowing(page)).toEqual([]);
      expect(troubles).toEqual([]);
    });
  });
}

/** What axe says against the page, in lines one can read; by all its rules or only some. */
async function findings(target: Page, rules: string[] = []): Promise<string[]> {
  await target.evaluate(axe.source);
  return await target.evaluate(async (only) => {
    const inPage = (globalThis as unknown as { axe: typeof axe }).axe;
    const { violations } = await inPage.run(only.length > 0 ? { runOnly: only } : {});
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
    );
  }, rules);
}

/** Elements that stick out at the sides. Those that fade out or scroll by themselves are meant to. */
async function overflowing(target: Page): Promise<string[]> {
  return await target.evaluate(() => {
    const isMeant = (element: Element) =>
      element.closest('.fading, .visually-hidden, .resize-handle, .avatar-stack') !== null ||
      element.parentElement?.closest('.table-box, .code-lines, .formula-block, .formula') != null;
    return [...document.querySelectorAll('body *')]
      .filter((element) => !isMeant(element) && element.checkVisibility())
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        return width > 1 && (left < -1 || right > innerWidth + 1);
      })
      .map((element) => element.outerHTML.slice(0, 120));
  });
}
