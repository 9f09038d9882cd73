/** Steps of 24 degrees: neighbours can still be told apart. */
const HUES = 15;

/** The hue of a person's (or group's) generated picture, from 0 to 359: always the same for the same id. */
export function hueOf(id: string): number {
  // FNV-1a spreads ids that differ in one digit.
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index++) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  return ((hash >>> 0) % HUES) * (360 / HUES);
}

/** Up to two letters of a name: first and last word's. An emoji counts as a letter; a name of none gives its first sign. */
export function initialsOf(name: string, most: 1 | 2 = 2): string {
  const words = name.trim().split(/\s+/);
  const first = firstLetter(words[0] ?? '');
  const last = most === 2 && words.length > 1 ? firstLetter(words.at(-1) ?? '') : '';
  return (first + last).toLocaleUpperCase('en');
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function firstLetter(word: string): string {
  let fallback = '';
  for (const { segment } of graphemes.segment(word)) {
    if (/[\p{Letter}\p{Number}\p{Extended_Pictographic}]/u.test(segment)) return segment;
    fallback ||= segment;
  }
  return fallback;
}
