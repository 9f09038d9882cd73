import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchPerson, launchPlain, type PersonBrowser } from './support/chromium.ts';
import { startWebsite, type Website } from './support/pages.ts';

/** What a page can know of itself: its document, its globals, what was loaded into it. */
function footprint() {
  return {
    html: document.documentElement.outerHTML,
    globals: Object.getOwnPropertyNames(globalThis).sort(),
    frames: window.length,
    resources: performance.getEntriesByType('resource').map((entry) => entry.name),
    styleSheets: document.styleSheets.length + document.adoptedStyleSheets.length,
    body: { ...getComputedStyle(document.body) },
  };
}

describe('pages on which Sideroom was not opened', () => {
  const product = inject('product');
  let website: Website;
  let withExtension: PersonBrowser;
  let without: Browser;

  beforeAll(async () => {
    website = await startWebsite();
    withExtension = await launchPerson(product.extensionDir);
    without = await launchPlain();
  });

  afterAll(async () => {
    await Promise.all([withExtension?.close(), without?.close(), website?.stop()]);
  });

  async function plainFootprint() {
    const page = await without.newPage();
    await page.setViewport({ width: 1200, height: 800 });
    await page.goto(`${website.url}/article`, { waitUntil: 'load' });
    return page.evaluate(footprint);
  }

  test('[PAGE5] nothing is injected: document, globals and requests are those of a browser without the extension', async () => {
    const before = website.requests.length;
    const installed = await (await withExtension.open(`${website.url}/article`)).evaluate(footprint);
    expect(installed).toEqual(await plainFootprint());
    expect(website.requests.slice(before)).toEqual(['/article', '/article']);
  });

  test('[PAGE5] a tab beside one on which Sideroom is open stays untouched', async () => {
    const opened = await withExtension.open(`${website.url}/article`);
    const footprintBefore = await opened.evaluate(footprint);
    await withExtension.openOverlay(opened);
    expect(await opened.evaluate(footprint)).not.toEqual(footprintBefore);

    const beside = await withExtension.open(`${website.url}/article`);
    expect(await beside.evaluate(footprint)).toEqual(await plainFootprint());
  });
});
