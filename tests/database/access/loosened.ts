/** A part of a condition that was left out: what was there, and the condition without it. */
export interface Loosened {
  readonly part: string;
  readonly condition: string;
}

/**
 * A condition, as Postgres writes it, with one of its parts left out in turn: what AND joins becomes true, what OR joins becomes
 * false, and each branch of a CASE becomes true; the whole `where` of a subquery as well.
 */
export function loosen(condition: string): Loosened[] {
  return partsOf(condition).map(({ from, to, instead }) => ({
    part: condition.slice(from, to),
    condition: condition.slice(0, from) + instead + condition.slice(to),
  }));
}

interface Part {
  readonly from: number;
  readonly to: number;
  readonly instead: 'true' | 'false';
}

/** The words between which a condition ends; `false` for what is joined by OR. */
const WORDS = /\b(AND|OR|WHERE|THEN|ELSE|END|WHEN|CASE)\b/y;

function partsOf(text: string): Part[] {
  return groupsOf(text).flatMap(({ from, to }) => {
    const marks = marksIn(text, from, to);
    return marks.flatMap(({ word, end }, index) => {
      const next = marks[index + 1] ?? { word: '', start: to };
      const joins = [word, next.word].filter((each) => each === 'AND' || each === 'OR');
      const begins = ['WHERE', 'THEN', 'ELSE'].includes(word);
      if (joins.length === 0 && !begins) return [];
      const [start, stop] = trimmed(text, end, next.start);
      return start < stop ? [{ from: start, to: stop, instead: joins.includes('OR') ? 'false' : 'true' }] : [];
    });
  });
}

/** What stands between matching parentheses, and the text as a whole. */
function groupsOf(text: string): { from: number; to: number }[] {
  const groups = [{ from: 0, to: text.length }];
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    at = behindQuote(text, at);
    if (text[at] === '(') open.push(at + 1);
    if (text[at] === ')') groups.push({ from: open.pop() ?? 0, to: at });
  }
  return groups;
}

interface Mark {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** The words of a group that stand in none of its inner groups, behind its own beginning. */
function marksIn(text: string, from: number, to: number): Mark[] {
  const marks: Mark[] = [{ word: '', start: from, end: from }];
  let depth = 0;
  for (let at = from; at < to; at++) {
    at = behindQuote(text, at);
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    WORDS.lastIndex = at;
    const word = depth === 0 && !/\w/.test(text[at - 1] ?? ' ') ? WORDS.exec(text)?.[1] : undefined;
    if (word !== undefined) marks.push({ word, start: at, end: at + word.length });
  }
  return marks;
}

/** The same place, or the end of the quoted text that begins there. */
function behindQuote(text: string, at: number): number {
  const quote = text[at];
  if (quote !== "'" && quote !== '"') return at;
  const end = text.indexOf(quote, at + 1);
  return end === -1 ? text.length : end;
}

function trimmed(text: string, from: number, to: number): [number, number] {
  const part = text.slice(from, to);
  return [from + part.length - part.trimStart().length, to - (part.length - part.trimEnd().length)];
}
