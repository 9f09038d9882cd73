/** Longer texts are shown as they are. Messages end at 16,000; answers of the AI may be longer. */
const LONGEST = 100_000;
/** Emphasis and links cost the square of these in the worst case; no paragraph that people read has as many. */
const MOST_DELIMITERS = 3_000;
/** Quotes and lists inside each other cost the square of their depth for each line. */
const DEEPEST = 12;

/**
 * What becomes an element of its own costs parsing, elements and layout; together these may cost as much as a list of a thousand
 * items, which is a fifth of a second on a slow machine.
 */
const MOST_WORK = 6_000;
/** Relative costs, as measured. */
const WORK: readonly (readonly [number, RegExp])[] = [
  [6, /^[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t])/gm], // lines of lists, quotes and headings
  [4, /\|/g], // cells
  [3, /(?:\\| {2})\n/g], // broken lines
  [1, /&#?\w|\\[!-/:-@[-`{-~]/g], // characters by name or number, and escaped ones
];

const DELIMITERS = /[[\]*_~`$<!]/g;
/** The markers of quotes and lists that a line begins with. */
const NESTING = /^(?:[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t]))+/gm;
const MARKER = />|[-+*][ \t]|\d[.)]/g;

/** Whether parsing this text could keep the panel from answering. Found by measuring the parser's worst cases. */
export function isTooMuch(text: string): boolean {
  if (text.length > LONGEST) return true;
  for (const [markers] of text.matchAll(NESTING)) {
    if ((markers.match(MARKER)?.length ?? 0) > DEEPEST) return true;
  }
  let work = 0;
  for (const [cost, sign] of WORK) work += cost * (text.match(sign)?.length ?? 0);
  if (work > MOST_WORK) return true;
  return text.split(/\n[ \t]*\n/).some((block) => (block.match(DELIMITERS)?.length ?? 0) > MOST_DELIMITERS);
}
