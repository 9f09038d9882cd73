import { findAnchor } from '../lib/page/anchor.ts';
import { TEST_PAGES } from '../tests/pages/pages.ts';
import { readVisibleTexts } from '../tests/pages/visible-texts.ts';
import type { Bench } from './support/bench.ts';
import { EDITS, editedCases } from './support/edited-pages.ts';
import { findExactly, judge, percent } from './support/judge-places.ts';
import { row, SUMMARY_HEAD, summarise } from './support/samples.ts';

/** Passages of the test pages, looked for in edited versions of them; beside it what a plain search for the quote finds. */
export const anchoring: Bench = async () => {
  const cases = editedCases(await readVisibleTexts());
  const times: number[] = [];
  const ours = judge(cases, (text, anchor) => {
    const start = performance.now();
    const place = findAnchor(text, anchor);
    times.push(performance.now() - start);
    return place;
  });
  const floor = judge(cases, findExactly);
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
