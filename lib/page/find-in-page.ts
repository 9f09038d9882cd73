import type { TextAnchor } from '../model/page-share.ts';
import { findAnchor } from './anchor.ts';
import { MAX_TEXT_CHARACTERS, readPageText } from './page-text.ts';
import type { FoundHow } from './reader-questions.ts';
import { sameOriginFrames } from './same-origin-frames.ts';
import { inTurns } from './turns.ts';

export interface FoundRange {
  readonly range: Range;
  readonly how: FoundHow;
}

const RANK: readonly FoundHow[] = ['exact', 'moved', 'edited'];

/** Where a passage stands on a page or in a frame of its own origin by now; null where it is gone. */
export async function findInPage(document: Document, anchor: TextAnchor): Promise<FoundRange | null> {
  let best: FoundRange | null = null;
  for (const { body } of [document, ...sameOriginFrames(document)]) {
    if (body === null) continue;
    const page = await inTurns(readPageText(body, MAX_TEXT_CHARACTERS));
    const found = findAnchor(page.text, anchor);
    const range = found === null ? null : page.rangeOf(found.start, found.end);
    if (found === null || range === null) continue;
    if (found.how === 'exact') return { range, how: found.how };
    if (best === null || RANK.indexOf(found.how) < RANK.indexOf(best.how)) best = { range, how: found.how };
  }
  return best;
}
