import type { PersonTurn } from '../transcript.ts';

const LONGEST_QUOTE = 140;

/** Somebody's words in quotation marks, cut at a word when long. */
export function quote(text: string): string {
  if (text.length <= LONGEST_QUOTE) return `“${text}”`;
  const cut = text.slice(0, LONGEST_QUOTE);
  return `“${cut.slice(0, Math.max(cut.lastIndexOf(' '), LONGEST_QUOTE / 2))} …”`;
}

export function nameOf(turn: PersonTurn | undefined): string {
  return turn === undefined || turn.name === '' ? 'Somebody' : turn.name;
}

/** "Ana, Ben and Cleo". */
export function joinNames(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
