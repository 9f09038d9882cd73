import type { TextAnchor } from '../model/page-share.ts';
import type { FoundHow } from './reader-questions.ts';

export interface FoundPlace {
  /** UTF-16 offsets into the text that was searched. */
  readonly start: number;
  readonly end: number;
  readonly how: FoundHow;
}

/** The anchor of `text.slice(start, end)`. */
export function makeAnchor(text: string, start: number, end: number): TextAnchor {
  return { exact: text.slice(start, end), prefix: '', suffix: '', start, end };
}

/** Where a passage stands in this text by now; null where it is gone. */
export function findAnchor(text: string, anchor: TextAnchor): FoundPlace | null {
  const start = text.indexOf(anchor.exact);
  return start < 0 ? null : { start, end: start + anchor.exact.length, how: 'exact' };
}
