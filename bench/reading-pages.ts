import type { Page } from 'puppeteer-core';
import { openReadingBrowser, type ReadingBrowser } from '../tests/pages/browser.ts';
import { TEST_PAGES } from '../tests/pages/pages.ts';
import type { Bench } from './support/bench.ts';
import { row, SUMMARY_HEAD, type Summary, summarise } from './support/samples.ts';

const ROUNDS = 20;
const FIRST_ROUNDS = 5;

/** Reading articles in Chromium, and for how long the page could do nothing else. */
export const readingPages: Bench = async ({ progress }) => {
  const browser = await openReadingBrowser();
  try {
    const pages: Measured[] = [];
    for (const { name } of TEST_PAGES) {
      progress(`reading ${name}`);
      pages.push(await measure(browser, name));
    }
    progress('reading 1 MB');
    const big = await measure(browser, bigPage(1_000_000));
    const all = (pick: (measured: Measured) => readonly number[]) => summarise(pages.flatMap(pick));
    return {
      title: 'Reading pages',
      lines: [
        SUMMARY_HEAD,
        row(
          `article of ${pages.length} test pages, again`,
          all(({ again }) => again),
        ),
        row(
          'article of the same, first time on the page',
          all(({ first }) => first),
        ),
        row('page of 1 MB, again', summarise(big.again)),
        row('page of 1 MB, first time', summarise(big.first)),
        row(
          'longest task, test pages',
          all(({ tasks }) => tasks),
        ),
        row('longest task, page of 1 MB', summarise(big.tasks)),
        '',
        `Aim: no task over 50 ms. Seen: ${seen(all(({ tasks }) => tasks))} on the test pages, ${seen(summarise(big.tasks))} on 1 MB. Of a long page the beginning is read: at most 110,000 characters in 2,000 elements are copied, in slices of 8 ms; the one step that cannot be sliced is the library's.`,
      ],
    };
  } finally {
    await browser.close();
  }
};

function seen({ p50, p95 }: Summary): string {
  return `${p50.toFixed(0)} ms at p50 and ${p95.toFixed(0)} ms at p95`;
}

interface Measured {
  readonly first: number[];
  readonly again: number[];
  /** The longest of each reading. */
  readonly tasks: number[];
}

async function measure(browser: ReadingBrowser, nameOrHtml: string): Promise<Measured> {
  const measured: Measured = { first: [], again: [], tasks: [] };
  for (let visit = 0; visit < FIRST_ROUNDS; visit++) {
    const page = await browser.open(nameOrHtml);
    for (let round = 0; round <= ROUNDS / FIRST_ROUNDS; round++) {
      const { time, longest } = await readOnce(page);
      (round === 0 ? measured.first : measured.again).push(time);
      measured.tasks.push(longest);
    }
    await page.close();
  }
  return measured;
}

/** A message that the page sends itself over and over waits as long as the longest task takes. */
function readOnce(page: Page): Promise<{ time: number; longest: number }> {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    const { port1, port2 } = new MessageChannel();
    let longest = 0;
    let last = performance.now();
    port1.onmessage = () => {
      const at = performance.now();
      longest = Math.max(longest, at - last);
      last = at;
      port2.postMessage(null);
    };
    port2.postMessage(null);
    const start = performance.now();
    await reader.answer({ type: 'article' });
    const end = performance.now();
    await new Promise((resolve) => setTimeout(resolve));
    port1.close();
    return { time: end - start, longest };
  });
}

/** Cards, links, lists and paragraphs, so many that the HTML has this many characters. */
function bigPage(characters: number): string {
  const card = (index: number) =>
    `<section class="entry e${index}"><h2>Entry ${index}</h2><div class="meta"><span>Part ${index % 7}</span> <a href="/tag/${index}">tag</a></div><p>The harbour master wrote down ${index} tides, of which the ${index % 9}th was the highest, and nobody could say afterwards whether the wind or the moon had been to blame for it.</p><ul><li>High water at ${index % 12}:${10 + (index % 49)}</li><li>Low water six hours later</li></ul></section>`;
  let body = '';
  for (let index = 0; body.length < characters; index++) body += card(index);
  return `<!doctype html><html lang="en"><title>Tides</title><nav><a href="/">Home</a></nav><main><h1>Tides</h1>${body}</main></html>`;
}
