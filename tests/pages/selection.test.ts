import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SelectionReading } from '../../lib/page/reading-result.ts';
import { openReadingBrowser, type ReadingBrowser } from './browser.ts';

let browser: ReadingBrowser;

beforeAll(async () => {
  browser = await openReadingBrowser();
});

afterAll(() => browser?.close());

/** Selects from the first occurrence of some words to the end of the last occurrence of others, in the deepest text nodes. */
function select(page: Page, from: string, to = from): Promise<void> {
  return page.evaluate(
    (first, last) => {
      const nodes: Text[] = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) nodes.push(walker.currentNode as Text);
      const start = nodes.find(({ data }) => data.includes(first));
      const end = nodes.findLast(({ data }) => data.includes(last));
      if (start === undefined || end === undefined) throw new Error('no such words');
      getSelection()?.setBaseAndExtent(start, start.data.indexOf(first), end, end.data.indexOf(last) + last.length);
    },
    from,
    to,
  );
}

async function readSelection(page: Page): Promise<SelectionReading> {
  const answer = await page.evaluate(() => reader.answer({ type: 'selection' }));
  if (!('reading' in answer) || answer.reading.kind !== 'selection') throw new Error(JSON.stringify(answer));
  return answer.reading;
}

const whyNot = async (page: Page) =>
  (await page.evaluate(async () => (await reader.answer({ type: 'selection' })) as { why?: string })).why;

describe('selections', () => {
  test('[PAGE2] [PAGE3] what is selected, and where it stands in the visible text', async () => {
    const page = await browser.open('news');
    await select(page, 'A ferry you', 'and to close the slipway.');
    const { text, anchor, facts } = await readSelection(page);
    expect(text).toMatch(
      /^A ferry you can argue about every spring\.”\nRelated stories\n[\s\S]+\nThe council had .* the slipway\.$/,
    );
    expect(anchor.exact).toBe(text);
    expect(
      anchor.prefix.endsWith(
        'decision you cannot take back,” said Annelise Crewe, who has sold tickets on the Halcyon since 1998. “'.slice(
          -64,
        ),
      ),
    ).toBe(true);
    expect(anchor.suffix.startsWith(' Opponents collected')).toBe(true);
    const whole = await page.evaluate(() => reader.text());
    expect(whole.slice(anchor.start, anchor.end)).toBe(text);
    expect(facts.title).toBe('Harbour town votes to keep its last ferry');
    await page.close();
  });

  test('[PAGE2] hidden words between are left out, also where everything is selected', async () => {
    const page = await browser.open(
      '<title>X</title><p>one <span style="display:none">hidden</span> two</p><p style="opacity:0">hidden</p><p>  three\n   four </p>',
    );
    await select(page, 'one', 'four');
    expect((await readSelection(page)).text).toBe('one two\nthree four');
    await page.evaluate(() => getSelection()?.selectAllChildren(document.body));
    expect((await readSelection(page)).text).toBe('one two\nthree four');
    await page.close();
  });

  test('[PAGE2] lines of code and preserved spaces are as they stand', async () => {
    const page = await browser.open('code');
    await select(page, '    def __contains__', 'hashes))');
    expect((await readSelection(page)).text).toBe(
      'def __contains__(self, item):\n        return all(self.field >> (hash((s, item)) % self.bits) & 1\n                   for s in range(self.hashes))',
    );
    await page.close();
  });

  test('[PAGE3] every selection is found again where it was, to the character', async () => {
    for (const name of ['news', 'docs', 'forum', 'japanese', 'arabic', 'code', 'qa']) {
      const page = await browser.open(name);
      const wrong = await page.evaluate(async () => {
        const text = await reader.text();
        const faults: string[] = [];
        // Behind the menu, where the words of a choice lie between and belong to no text.
        for (let start = 60; start < text.length - 40; start += 97) {
          const anchor = reader.makeAnchor(text, start, start + 37);
          const answer = (await reader.answer({ type: 'highlight', anchor })) as { how?: string };
          const [range] = CSS.highlights.get('sideroom-passage') ?? [];
          const even = (words: string) => words.replace(/\s+/g, '');
          const shown = range instanceof Range ? range.toString() : '';
          // What is hidden between belongs to no text, and a range covers it.
          const same = even(shown) === even(anchor.exact) || shown.length > anchor.exact.length + 20;
          if (answer.how !== 'exact' || !same) faults.push(`${anchor.exact} → ${answer.how} ${shown}`);
        }
        return faults;
      });
      expect(wrong, name).toEqual([]);
      await page.close();
    }
  });

  test('[PAGE2] in a frame of the page’s own, but not in one of somebody else', async () => {
    const page = await browser.open(
      '<title>Frames</title><p>Outside.</p><iframe id="own" srcdoc="<p>Words in the frame itself.</p>"></iframe><iframe sandbox srcdoc="<p>Closed.</p>"></iframe>',
    );
    await page.evaluate(() => {
      const inner = document.querySelector<HTMLIFrameElement>('#own')?.contentDocument;
      inner?.getSelection()?.selectAllChildren(inner.body);
    });
    const { text, anchor, facts } = await readSelection(page);
    expect(text).toBe('Words in the frame itself.');
    expect(facts.title).toBe('Frames');
    expect(await page.evaluate((where) => reader.answer({ type: 'highlight', anchor: where }), anchor)).toEqual({
      ok: true,
      how: 'exact',
    });
    await page.close();
  });

  test('[PAGE2] nothing selected, and what a person typed, is nothing', async () => {
    const page = await browser.open(
      '<title>X</title><p>Words.</p><textarea id="field">private draft</textarea><p style="opacity:0">unseen</p>',
    );
    expect(await whyNot(page)).toBe('nothing_selected');
    await page.evaluate(() => {
      const field = document.querySelector('textarea');
      field?.focus();
      field?.select();
    });
    expect(await whyNot(page)).toBe('nothing_selected');
    await select(page, 'unseen');
    expect(await whyNot(page)).toBe('nothing_selected');
    await page.close();
  });

  test('[PAGE2] more than may be shared is said to be too big', async () => {
    const page = await browser.open(
      `<title>X</title>${'<p>Some words that make a line of the page.</p>'.repeat(3_000)}`,
    );
    await page.evaluate(() => getSelection()?.selectAllChildren(document.body));
    expect(await whyNot(page)).toBe('too_big');
    await page.close();
  });

  test('[PAGE2] so is a selection that lies behind all that is read', async () => {
    const lines = `<p>${'Some words that make a line of the page. '.repeat(30)}</p>`.repeat(850);
    const page = await browser.open(`<title>X</title>${lines}<p id="end">The very end.</p>`);
    await page.evaluate(() => getSelection()?.selectAllChildren(document.querySelector('#end') ?? document.body));
    expect(await whyNot(page)).toBe('too_big');
    await page.close();
  });
});
