import type { TextAnchor } from '../../lib/model/page-share.ts';
import { makeAnchor } from '../../lib/page/anchor.ts';

/** What befell a passage after it was anchored. */
export const EDITS = ['exact', 'edited around', 'moved', 'edited inside', 'gone'] as const;
export type Edit = (typeof EDITS)[number];

export interface EditedCase {
  readonly edit: Edit;
  readonly anchor: TextAnchor;
  /** The page's text by now. */
  readonly text: string;
  /** Where the passage stands in it; null where it is gone. */
  readonly truth: { readonly start: number; readonly end: number } | null;
}

const PER_PAGE = 12;

/** Edited versions of pages, the same in each run. `texts` are the visible texts of the pages. */
export function editedCases(texts: readonly string[]): EditedCase[] {
  const random = lehmer(20261127);
  return texts.flatMap((text, index) => {
    const other = texts[(index + 1) % texts.length] ?? '';
    return passagesOf(text, random).flatMap(([start, end]) =>
      EDITS.map((edit) => editedCase(edit, text, start, end, { other, random })),
    );
  });
}

/** Pieces of lines, from some words to some lines. */
function passagesOf(text: string, random: () => number): [number, number][] {
  const words = Array.from(text.matchAll(/\S+/g), ({ index, 0: word }) => [index, index + word.length] as const);
  return Array.from({ length: PER_PAGE }, () => {
    const first = Math.floor(random() * words.length * 0.8);
    const last = Math.min(words.length - 1, first + 3 + Math.floor(random() ** 2 * 50));
    return [words[first]?.[0] ?? 0, words[last]?.[1] ?? 0] as [number, number];
  }).filter(([start, end]) => end - start >= 12);
}

interface Material {
  readonly other: string;
  readonly random: () => number;
}

function editedCase(edit: Edit, text: string, start: number, end: number, { other, random }: Material): EditedCase {
  const anchor = makeAnchor(text, start, end);
  const [before, quote, after] = [text.slice(0, start), text.slice(start, end), text.slice(end)];
  const joined = (head: string, middle: string, tail: string): EditedCase => ({
    ...{ edit, anchor, text: head + middle + tail },
    truth: { start: head.length, end: head.length + middle.length },
  });
  switch (edit) {
    case 'exact':
      return joined(before, quote, after);
    case 'edited around':
      return joined(
        `${other.slice(0, 80)}\n${changeWords(before, 0.25, random)}`,
        quote,
        changeWords(after, 0.25, random),
      );
    case 'moved':
      return random() < 0.5
        ? joined(`${before}${after}\n`, quote, '\n')
        : joined(`${other.slice(40, 90)}\n`, quote, `\n${before}${after}`);
    case 'edited inside':
      return joined(before, changeWords(quote, 0.2, random), after);
    case 'gone': {
      const from = Math.floor(random() * Math.max(1, other.length - quote.length));
      return { edit, anchor, text: `${before}${other.slice(from, from + quote.length)}${after}`, truth: null };
    }
  }
}

/** Changes, drops or doubles a share of the words; at least one. */
function changeWords(text: string, share: number, random: () => number): string {
  let changed = 0;
  const edited = text.replace(/[\p{L}\p{N}]{2,}/gu, (word) => {
    if (random() > share) return word;
    changed++;
    const way = random();
    return way < 0.4
      ? `${word.slice(0, 1)}${word.slice(2)}`
      : way < 0.7
        ? `quite ${word}`
        : way < 0.9
          ? 'otherwise'
          : '';
  });
  return changed > 0 || text === ''
    ? edited
    : `${text.slice(0, Math.floor(text.length / 2))} sic ${text.slice(Math.floor(text.length / 2))}`;
}

function lehmer(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
