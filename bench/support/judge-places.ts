import type { TextAnchor } from '../../lib/model/page-share.ts';
import type { EditedCase } from './edited-pages.ts';

type Find = (text: string, anchor: TextAnchor) => { readonly start: number; readonly end: number } | null;

/** The floor: the quote word for word, wherever it comes first. */
export const findExactly: Find = (text, { exact }) => {
  const start = text.indexOf(exact);
  return start < 0 ? null : { start, end: start + exact.length };
};

/** What a way of finding passages makes of edited pages. Right is what covers mostly the same as the passage, and nothing for what is gone. */
export function judge(cases: readonly EditedCase[], find: Find) {
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

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
