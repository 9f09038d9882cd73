import { expect, test } from 'vitest';
import { editedCases } from '../../bench/support/edited-pages.ts';
import { findExactly, judge } from '../../bench/support/judge-places.ts';
import { findAnchor } from '../../lib/page/anchor.ts';
import { readVisibleTexts } from './visible-texts.ts';

test('[PAGE3] passages of edited pages are found, and what is gone is not', async () => {
  const cases = editedCases(await readVisibleTexts());
  const ours = judge(cases, findAnchor);
  expect(ours.there).toBeGreaterThan(500);
  expect(ours.recall).toBeGreaterThan(0.98);
  expect(ours.precision).toBeGreaterThan(0.98);
  expect(judge(cases, findExactly).recall).toBeLessThan(0.8);
});
