import type { TextAnchor } from '../lib/model/page-share.ts';
import { findAnchor } from '../lib/page/anchor.ts';
import { openReadingBrowser } from '../tests/pages/browser.ts';
import { TEST_PAGES } from '../tests/pages/pages.ts';
import type { Bench } from './support/bench.ts';
import { EDITS, type EditedCase, editedCases } from './support/edited-pages.ts';
import { row, SUMMARY_HEAD, summarise } from './support/samples.ts';

type Find = (text: string, anchor: TextAnchor) => { readonly start: number; readonly end: number } | null;

/** Passages of the test pages, looked for in edited versions of them; beside it what a plain search for the quote finds. */
export const anchoring: Bench = async () => {
  const cases = editedCases(await visibleTexts());
  const times: number[] = [];
  const ours = judge(cases, (text, anchor) => {
    const start = performance.now();
    const place = findAnchor(text, anchor);
    times.push(performance.now() - start);
    return place;
  });
  const floor = judge(cases, (text, { exact }) => {
    const start = text.indexOf(exact);
    return start < 0 ? null : { start, end: start + exact.length };
  });
  return {
    title: 'Finding passages again',
    lines: [
      '| what became of the passage | n | found rightly | floor, exact match alone |',
      '|---|---|---|---|',
      ...EDITS.map((edit) => `| ${edit} | ${ours.of(edit).length} | ${ours.rate(edit)} | ${floor.rate(edit)} |`),
      `| recall, of those that are there | ${ours.there} | ${percent(ours.recall)} | ${percent(floor.recall)} |`,
      `| precision, of those that were found | ${ours.found} | ${percent(ours.precision)} | ${percent(floor.precision)} |`,
      '',
      SUMMARY_HEAD,
      row('finding one passage', summarise(times), 2),
      '',
      `Passages of 12 characters to some lines from the ${TEST_PAGES.length} test pages, edited by a seeded hand: “edited inside” changes a fifth of the words, “edited around” a quarter of all others. Found rightly: most of what is shown and most of the passage are the same; for what is gone, nothing is shown.`,
    ],
  };
};

async function visibleTexts(): Promise<string[]> {
  const browser = await openReadingBrowser();
  const texts: string[] = [];
  for (const { name } of TEST_PAGES) {
    const page = await browser.open(name);
    texts.push(await page.evaluate(() => reader.text()));
    await page.close();
  }
  await browser.close();
  return texts;
}

function judge(cases: readonly EditedCase[], find: Find) {
  const outcomes = cases.map((each) => {
    const place = find(each.text, each.anchor);
    const right = each.truth === null ? place === null : place !== null && overlap(place, each.truth) > 0.6;
    return { edit: each.edit, isThere: each.truth !== null, isFound: place !== null, right };
  });
  const there = outcomes.filter(({ isThere }) => isThere);
  const found = outcomes.filter(({ isFound }) => isFound);
  const share = (some: typeof outcomes) => some.filter(({ right }) => right).length / some.length;
  const of = (edit: string) => outcomes.filter((outcome) => outcome.edit === edit);
  return {
    of,
    rate: (edit: string) => percent(share(of(edit))),
    there: there.length,
    found: found.length,
    recall: share(there),
    precision: share(found),
  };
}

/** Of what either covers, the share that both do. */
function overlap(a: { start: number; end: number }, b: { start: number; end: number }): number {
  const both = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return Math.max(0, both) / (Math.max(a.end, b.end) - Math.min(a.start, b.start));
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
