import search from 'approx-string-match';

export interface FuzzyPlace {
  readonly start: number;
  readonly end: number;
  /** Share of the quote that is as it was, from 0 to 1. */
  readonly likeness: number;
}

interface Quote {
  readonly exact: string;
  readonly prefix: string;
  readonly suffix: string;
}

/** Characters of a seed, and how far apart seeds are taken. */
const SEED = 12;
const STEP = 6;
const MOST_SEEDS = 60;
const MOST_HITS = 20;
const MOST_PLACES = 6;
/** Long quotes are found by their ends: the matcher's work grows with the square of the length. */
const LONG = 600;
const END = 160;
const MOST_CHANGED = 0.5;

/**
 * Where something like the quote stands. Pieces of the quote and of its surroundings that are found word for word vote for a
 * place; only there does the approximate matcher look, so that a long page costs little.
 */
export function fuzzyPlaces(page: string, quote: Quote): FuzzyPlace[] {
  return likelyStarts(page, quote).flatMap((start) => {
    const place = quote.exact.length > LONG ? matchEnds(page, start, quote.exact) : match(page, start, quote.exact);
    return place === null ? [] : [place];
  });
}

/** Offsets at which the quote may begin, the likeliest first. */
function likelyStarts(page: string, { exact, prefix, suffix }: Quote): number[] {
  const around = prefix + exact + suffix;
  const step = Math.max(STEP, Math.ceil(around.length / MOST_SEEDS));
  const width = Math.max(40, Math.round(exact.length * 0.3));
  const votes = new Map<number, { count: number; sum: number }>();
  for (let at = 0; at + SEED <= around.length; at += step) {
    const seed = around.slice(at, at + SEED);
    let hits = 0;
    for (let hit = page.indexOf(seed); hit >= 0 && hits < MOST_HITS; hit = page.indexOf(seed, hit + 1), hits++) {
      const start = hit - (at - prefix.length);
      const cell = Math.floor(start / width);
      const vote = votes.get(cell) ?? { count: 0, sum: 0 };
      votes.set(cell, { count: vote.count + 1, sum: vote.sum + start });
    }
  }
  return Array.from(votes.values())
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_PLACES)
    .map(({ count, sum }) => Math.round(sum / count));
}

function match(page: string, start: number, exact: string): FuzzyPlace | null {
  const room = Math.max(80, exact.length);
  const from = Math.max(0, start - room);
  const found = closest(page.slice(from, start + exact.length + room), exact, start - from);
  if (found === null) return null;
  return { start: from + found.start, end: from + found.end, likeness: 1 - found.errors / exact.length };
}

function matchEnds(page: string, start: number, exact: string): FuzzyPlace | null {
  const head = match(page, start, exact.slice(0, END));
  const tail = match(page, (head?.start ?? start) + exact.length - END, exact.slice(-END));
  if (head === null || tail === null || tail.end <= head.start) return null;
  const stretch = Math.abs(tail.end - head.start - exact.length) / exact.length;
  return stretch > MOST_CHANGED
    ? null
    : { start: head.start, end: tail.end, likeness: (head.likeness + tail.likeness) / 2 };
}

/** Of the best matches the one nearest to where it is expected. */
function closest(text: string, exact: string, expected: number): ReturnType<typeof search>[number] | null {
  const found = search(text, exact, Math.ceil(exact.length * MOST_CHANGED));
  const away = ({ start }: { start: number }) => Math.abs(start - expected);
  return found.sort((a, b) => a.errors - b.errors || away(a) - away(b))[0] ?? null;
}
