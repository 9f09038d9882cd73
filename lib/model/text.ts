/** Longest message a person may send, in characters (code points, as Postgres counts them). */
export const MAX_MESSAGE_CHARACTERS = 16_000;

/** Length in code points: an emoji of one code point counts 1, unlike in `String.length`. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** The text without what Postgres cannot store: NUL characters and unpaired surrogates. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
