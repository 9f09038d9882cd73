import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TextAnchor } from '../../lib/model/page-share.ts';
import { openReadingBrowser, type ReadingBrowser } from './browser.ts';

let browser: ReadingBrowser;

beforeAll(async () => {
  browser = await openReadingBrowser();
});

afterAll(() => browser?.close());

const QUOTE = 'A second vote cannot be held before 2034.';

function anchorIn(page: Page, quote: string): Promise<TextAnchor> {
  return page.evaluate(async (words) => {
    const text = await reader.text();
    const start = text.indexOf(words);
    if (start < 0) throw new Error('no such words');
    return reader.makeAnchor(text, start, start + words.length);
  }, quote);
}

const show = (page: Page, anchor: TextAnchor) =>
  page.evaluate((where) => reader.answer({ type: 'highlight', anchor: where }), anchor);

const shown = (page: Page) =>
  page.evaluate(() => {
    const [range] = CSS.highlights.get('sideroom-passage') ?? [];
    if (!(range instanceof Range)) return null;
    const { top, bottom } = range.getBoundingClientRect();
    return { words: range.toString(), inView: top >= 0 && bottom <= innerHeight };
  });

describe('highlights', () => {
  test('[PAGE3] the passage stands out in the middle of the window, and the document stays as it is', async () => {
    const page = await browser.open('news');
    await page.setViewport({ width: 900, height: 500 });
    const anchor = await anchorIn(page, QUOTE);
    await page.evaluate(() => {
      Object.assign(globalThis, { changes: 0 });
      new MutationObserver((records) => {
        (globalThis as unknown as { changes: number }).changes += records.length;
      }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    expect(await show(page, anchor)).toEqual({ ok: true, how: 'exact' });
    await page.waitForFunction(() => {
      const [range] = CSS.highlights.get('sideroom-passage') ?? [];
      const box = (range as Range).getBoundingClientRect();
      return box.top > 0 && box.bottom < innerHeight;
    });
    expect(await shown(page)).toEqual({ words: QUOTE, inView: true });
    expect(await page.evaluate(() => (globalThis as unknown as { changes: number }).changes)).toBe(0);
    await page.close();
  });

  test('[PAGE3] its colour is on the screen, under a strict policy too', async () => {
    const page = await browser.open(
      `<!doctype html><meta http-equiv="content-security-policy" content="style-src 'none'"><title>X</title><p>${QUOTE}</p>`,
    );
    const anchor = await anchorIn(page, QUOTE);
    const before = await page.screenshot({ encoding: 'base64' });
    // As `scripting.insertCSS` puts it in: not through the document.
    const session = await page.createCDPSession();
    await session.send('DOM.enable');
    await session.send('CSS.enable');
    const { frameTree } = await session.send('Page.getFrameTree');
    const { styleSheetId } = await session.send('CSS.createStyleSheet', { frameId: frameTree.frame.id });
    await session.send('CSS.setStyleSheetText', { styleSheetId, text: await page.evaluate(() => reader.css) });
    expect(await page.screenshot({ encoding: 'base64' })).toBe(before);
    await show(page, anchor);
    expect(await page.screenshot({ encoding: 'base64' })).not.toBe(before);
    await page.evaluate(() => reader.answer({ type: 'clear' }));
    expect(await shown(page)).toBeNull();
    expect(await page.screenshot({ encoding: 'base64' })).toBe(before);
    await page.close();
  });

  test('[PAGE3] another passage takes the place of the first; what is gone takes it away', async () => {
    const page = await browser.open('news');
    await show(page, await anchorIn(page, QUOTE));
    await show(page, await anchorIn(page, 'Turnout was 71 per cent'));
    expect((await shown(page))?.words).toBe('Turnout was 71 per cent');
    const gone = { exact: 'Nobody ever wrote this sentence here.', prefix: 'abc', suffix: 'def', start: 4, end: 41 };
    expect(await show(page, gone)).toEqual({ ok: false, why: 'gone' });
    expect(await shown(page)).toBeNull();
    await page.close();
  });

  test('[PAGE3] on a page that changed, the best match is shown and said to be one', async () => {
    const page = await browser.open('news');
    const anchor = await anchorIn(page, QUOTE);
    const change = (from: string, to: string) =>
      page.evaluate(
        (old, now) => {
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const node = walker.currentNode as Text;
            if (node.data.includes(old)) node.data = node.data.replace(old, now);
          }
        },
        from,
        to,
      );
    await change('cannot be held before 2034', 'will not be held until 2035');
    expect(await show(page, anchor)).toEqual({ ok: true, how: 'edited' });
    expect((await shown(page))?.words).toBe('A second vote will not be held until 2035.');
    await page.evaluate(() =>
      document.body.prepend(Object.assign(document.createElement('p'), { textContent: 'Corrected on Monday.' })),
    );
    expect(await show(page, anchor)).toEqual({ ok: true, how: 'edited' });
    await page.close();
  });

  test('[PAGE3] a passage in a shadow root is found, and of one that reaches into it what lies outside', async () => {
    const page = await browser.open('app');
    const anchor = await anchorIn(page, 'back along the river.\nNote from Imani');
    expect(await show(page, anchor)).toEqual({ ok: true, how: 'exact' });
    expect((await shown(page))?.words).toBe('back along the river.');
    const inside = await anchorIn(page, 'the museum is closed on Mondays');
    expect(await show(page, inside)).toEqual({ ok: true, how: 'exact' });
    expect((await shown(page))?.words).toBe('the museum is closed on Mondays');
    await page.close();
  });
});
