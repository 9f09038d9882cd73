import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openReadingBrowser, type ReadingBrowser } from './browser.ts';

let browser: ReadingBrowser;

beforeAll(async () => {
  browser = await openReadingBrowser();
});

afterAll(() => browser?.close());

async function answerOn(html: string) {
  const page = await browser.open(html);
  const answer = await page.evaluate(() => reader.answer({ type: 'article' }));
  await page.close();
  return answer;
}

const CARD =
  '<div class="card"><span>Lot 12</span> <a href="/x">Barrels</a><p>Twelve barrels of tar, somewhat dented, to be collected at the quay.</p></div>';

describe('pages that are hard to read', () => {
  test.each([
    ['an empty one', '<title>Empty</title><body>'],
    ['a picture', '<title>Picture</title><img alt="A ship" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'],
    ['a canvas', '<title>Drawing</title><canvas>Words for no one</canvas>'],
    ['one that is hidden as a whole', '<title>Hidden</title><body style="display:none"><p>Words.</p>'],
    ['buttons alone', '<title>Buttons</title><button>Play</button><nav>Home</nav>'],
  ])('[PAGE2] %s has no text', async (_, html) => {
    expect(await answerOn(html)).toEqual({ ok: false, why: 'no_text' });
  });

  test('[PAGE2] a line or two is text enough', async () => {
    expect(await answerOn('<title>Short</title><p>Back at noon.</p>')).toMatchObject({
      reading: { text: 'Back at noon.' },
    });
  });

  test('[PAGE2] a page that shows all in a frame of its own is read there', async () => {
    const inner = `<p>${'The whole text stands in a frame, as in old times. '.repeat(8)}</p>`;
    expect(await answerOn(`<title>Frames</title><iframe srcdoc="${inner}"></iframe>`)).toMatchObject({
      reading: { facts: { title: 'Frames' }, text: expect.stringContaining('as in old times') },
    });
  });

  test('[PAGE2] of a page of 20 MB the beginning is read, and the page goes on answering', async () => {
    const lot = CARD.replace('</p>', ` ${'Sold as seen, without a warranty. '.repeat(40)}</p>`);
    const page = await browser.open(
      `<title>Auction</title><main>${lot.repeat(Math.ceil(20_000_000 / lot.length))}</main>`,
    );
    const { answer, ticks, ms } = await page.evaluate(async () => {
      let count = 0;
      const timer = setInterval(() => count++, 1);
      const start = performance.now();
      const result = await reader.answer({ type: 'article' });
      clearInterval(timer);
      return { answer: result, ticks: count, ms: performance.now() - start };
    });
    expect(answer).toMatchObject({ ok: true, reading: { kind: 'article', cut: true } });
    expect(ms).toBeLessThan(5_000);
    // It had its turn in between.
    expect(ticks).toBeGreaterThan(0);
    await page.close();
  });

  test('[PAGE2] very deep, very many and very odd elements neither break nor hang it', async () => {
    for (const html of [
      `<title>Deep</title>${'<div>'.repeat(500)}<p>At the bottom of it all.</p>`,
      `<title>Cells</title><table><tr>${'<td>x</td>'.repeat(1_000)}</tr></table><p>At the bottom of it all.</p>`,
      `<title>Lists</title>${'<ul><li>'.repeat(200)}<p>At the bottom of it all.</p>`,
      `<title>Inline</title><p>${'<b><i>'.repeat(200)}At the bottom of it all.</p>`,
      '<title>Odd</title><x-y><toString>At the bottom of it all.</toString></x-y><p id="__proto__" class="constructor">p</p>',
    ]) {
      const answer = await answerOn(html);
      expect(JSON.stringify(answer)).toContain('At the bottom of it all.');
    }
  });

  test('[PAGE2] a page that changes while it is read gives what it can', async () => {
    const page = await browser.open(`<title>Moving</title><main>${CARD.repeat(2_000)}</main>`);
    const answer = await page.evaluate(async () => {
      const reading = reader.answer({ type: 'article' });
      const timer = setInterval(() => {
        document.querySelector('main')?.firstElementChild?.remove();
        document.querySelector('main')?.append('More.');
      }, 1);
      const result = await reading;
      clearInterval(timer);
      return result;
    });
    expect(answer.ok).toBe(true);
    await page.close();
  });

  test('[PAGE2] words that cannot be stored are made storable', async () => {
    const page = await browser.open('<title>X</title><p id="p">x</p>');
    const answer = await page.evaluate(async () => {
      const p = document.querySelector('p');
      if (p !== null) p.textContent = 'nul \0 and half an emoji \ud83d stand here';
      getSelection()?.selectAllChildren(document.body);
      return [await reader.answer({ type: 'article' }), await reader.answer({ type: 'selection' })];
    });
    for (const each of answer) {
      const { text } = (each as unknown as { reading: { text: string } }).reading;
      expect(text).not.toContain('\0');
      expect(text.isWellFormed()).toBe(true);
    }
    await page.close();
  });
});
