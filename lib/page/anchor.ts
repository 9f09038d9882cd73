import type { TextAnchor } from '../model/page-share.ts';
import { fuzzyPlaces } from './fuzzy-places.ts';
import type { FoundHow } from './reader-questions.ts';
import { similarity } from './similarity.ts';
import { snapToSurroundings } from './snap.ts';

export interface FoundPlace {
  /** UTF-16 offsets into the text that was searched. */
  readonly start: number;
  readonly end: number;
  readonly how: FoundHow;
}

const CONTEXT = 64;
/** A shorter quote is found by chance, unless its surroundings speak for it. */
const TELLING = 24;
/** So is a shorter one that stands on the page only once. */
const TELLING_ALONE = 12;
/** How much of the surroundings must be the same for a passage to stand where it stood. */
const SAME_PLACE = 0.8;
const SOME_PLACE = 0.5;

/** The anchor of `text.slice(start, end)`: TextQuoteSelector and TextPositionSelector of the W3C's Web Annotation model. */
export function makeAnchor(text: string, start: number, end: number): TextAnchor {
  return {
    exact: text.slice(start, end).toWellFormed(),
    prefix: text.slice(Math.max(0, start - CONTEXT), start).toWellFormed(),
    suffix: text.slice(end, end + CONTEXT).toWellFormed(),
    start,
    end,
  };
}

/** Where a passage stands in the text of a page by now; null where it is gone. Kinds of white space make no difference. */
export function findAnchor(text: string, anchor: TextAnchor): FoundPlace | null {
  const page = evenSpace(text);
  const wanted = {
    exact: evenSpace(anchor.exact),
    prefix: evenSpace(anchor.prefix),
    suffix: evenSpace(anchor.suffix),
    start: anchor.start,
  };
  if (wanted.exact === '') return null;
  return findExact(page, wanted) ?? findEdited(page, wanted);
}

interface Wanted {
  readonly exact: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly start: number;
}

/** As long as before, so that offsets stay. */
function evenSpace(text: string): string {
  return text.replace(/\s/g, ' ');
}

const MOST_PLACES = 500;

function findExact(page: string, wanted: Wanted): FoundPlace | null {
  const places: { start: number; context: number }[] = [];
  for (
    let at = page.indexOf(wanted.exact);
    at >= 0 && places.length < MOST_PLACES;
    at = page.indexOf(wanted.exact, at + 1)
  ) {
    places.push({ start: at, context: contextOf(page, at, at + wanted.exact.length, wanted) });
  }
  const away = ({ start }: { start: number }) => Math.abs(start - wanted.start);
  const [best] = places.sort((a, b) => b.context - a.context || away(a) - away(b));
  if (best === undefined) return null;
  const telling = places.length === 1 ? TELLING_ALONE : TELLING;
  const isTelling = wanted.exact.length >= telling || best.context >= SOME_PLACE;
  if (!isTelling) return null;
  const stays = best.context >= SAME_PLACE || (best.start === wanted.start && places.length === 1);
  return { start: best.start, end: best.start + wanted.exact.length, how: stays ? 'exact' : 'moved' };
}

/** How much of what stood around the passage stands around this place, from 0 to 1; the better side counts for more. */
function contextOf(page: string, start: number, end: number, { prefix, suffix }: Wanted): number {
  const before = similarity(page.slice(Math.max(0, start - prefix.length), start), prefix);
  const after = similarity(page.slice(end, end + suffix.length), suffix);
  return Math.max(before, after) * 0.7 + Math.min(before, after) * 0.3;
}

function findEdited(page: string, wanted: Wanted): FoundPlace | null {
  let best: { start: number; end: number; score: number } | null = null;
  for (const { start, end, likeness } of fuzzyPlaces(page, wanted)) {
    const context = contextOf(page, start, end, wanted);
    const score = likeness * 0.7 + context * 0.3;
    if (isTheSame(likeness, context, wanted.exact.length) && (best === null || score > best.score))
      best = { start, end, score };
  }
  if (best === null) return null;
  const [start, end] = snapToSurroundings(page, best.start, best.end, wanted);
  return { start, end, how: 'edited' };
}

/** The shorter a quote, the more of it or its surroundings must have stayed. */
function isTheSame(likeness: number, context: number, length: number): boolean {
  if (length < TELLING) return likeness >= 0.6 && context >= 0.75;
  return likeness >= 0.75 || (likeness >= 0.5 && context >= SOME_PLACE);
}
