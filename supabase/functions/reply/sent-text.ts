import { wellFormed } from '../_shared/clean-text.ts';

/** How much of a growing text has been sent: in UTF-16 units, to cut the string, and in code points, as the database counts. */
export interface Sent {
  readonly units: number;
  readonly points: number;
}

export const NOTHING_SENT: Sent = { units: 0, points: 0 };

/** What to send next of `text`: all that is new, except half a character, which waits for its other half. */
export function nextPiece(text: string, sent: Sent): { readonly piece: string; readonly sent: Sent } {
  const end = /[\ud800-\udbff]$/.test(text) ? text.length - 1 : text.length;
  const piece = wellFormed(text.slice(sent.units, end));
  return { piece, sent: { units: Math.max(end, sent.units), points: sent.points + countPoints(piece) } };
}

function countPoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
