import type { Page } from 'puppeteer-core';
import type { PanelUser } from './panel.ts';

/** Chooses in the composer's menu what is to be shared. */
export async function choose(panel: PanelUser, what: 'This page' | 'Selection' | 'Screenshot'): Promise<void> {
  await panel.click('Add to the message');
  await panel.frame.locator(`.menu-item ::-p-text(${what})`).click();
}

/** Has the page read and waits for the preview; resolves to the address that it shows. */
export async function previewPage(panel: PanelUser): Promise<string | null> {
  await choose(panel, 'This page');
  await panel.frame.waitForSelector('.masked-text');
  return panel.frame.$eval('.share-address', (address) => address.textContent);
}

/** Sends what the preview shows, with some words. */
export async function sendShare(panel: PanelUser, words: string): Promise<void> {
  await panel.click('Add to message');
  await panel.frame.waitForSelector('[aria-label="Page shares of this message"] li');
  await panel.say(words);
  await panel.frame.waitForSelector(`[data-own="true"]:not([data-pending="true"]) ::-p-text(${words})`);
}

/** Selects a passage on the page as a person does. */
export function select(page: Page, words: string): Promise<void> {
  return page.evaluate((wanted) => {
    const texts = [...document.querySelectorAll('p')].map((paragraph) => paragraph.firstChild);
    const text = texts.find((each) => each?.textContent?.includes(wanted));
    const start = text?.textContent?.indexOf(wanted) ?? 0;
    if (text) getSelection()?.setBaseAndExtent(text, start, text, start + wanted.length);
  }, words);
}
