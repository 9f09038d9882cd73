import dataUrl from 'emojibase-data/en/data.json?url';

export interface Emoji {
  readonly text: string;
  /** What it shows, in words. */
  readonly name: string;
  /** All words by which it is found, in lower case. */
  readonly words: string;
}

export interface EmojiGroup {
  readonly title: string;
  readonly emoji: readonly Emoji[];
}

export interface EmojiBook {
  readonly groups: readonly EmojiGroup[];
  /** Those in the groups, and their variants by skin tone. */
  readonly all: readonly Emoji[];
}

/** An entry of the data, which follows Unicode's own. */
interface Entry {
  readonly emoji: string;
  readonly label: string;
  readonly tags?: readonly string[];
  /** Absent for parts of others, as single letters of flags. */
  readonly group?: number;
  readonly version: number;
  readonly skins?: readonly Entry[];
}

/** By their number in the data; 2 are parts of others. */
const TITLES: Readonly<Record<number, string>> = {
  0: 'Smileys',
  1: 'People',
  3: 'Animals and nature',
  4: 'Food and drink',
  5: 'Travel and places',
  6: 'Activities',
  7: 'Objects',
  8: 'Symbols',
  9: 'Flags',
};
/** What systems of the last years can draw. */
const NEWEST = 15.1;
const MAX_FOUND = 120;

/** Read from the extension itself. */
export async function readEmoji(): Promise<EmojiBook> {
  const response = await fetch(dataUrl);
  const entries: readonly Entry[] = await response.json();
  const known = entries.filter(({ group, version }) => TITLES[group ?? -1] !== undefined && version <= NEWEST);
  const groups = Object.entries(TITLES).map(([number, title]) => ({
    title,
    emoji: known.filter(({ group }) => group === Number(number)).map(toEmoji),
  }));
  return { groups, all: known.flatMap((entry) => [entry, ...(entry.skins ?? [])].map(toEmoji)) };
}

/** Those whose words begin with all words of the query. */
export function findEmoji({ all }: EmojiBook, query: string): readonly Emoji[] {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  return all
    .filter(({ words, text }) => wanted.every((word) => words.includes(` ${word}`) || word === text))
    .slice(0, MAX_FOUND);
}

function toEmoji({ emoji, label, tags = [] }: Entry): Emoji {
  return { text: emoji, name: label, words: ` ${[label, ...tags].join(' ').toLowerCase().replaceAll(/[:,’]/g, '')}` };
}
