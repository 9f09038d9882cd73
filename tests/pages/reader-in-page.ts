import { findAnchor, makeAnchor } from '../../lib/page/anchor.ts';
import { HIGHLIGHT_CSS } from '../../lib/page/highlight.ts';
import { createPageReader } from '../../lib/page/page-reader.ts';
import { readPageText } from '../../lib/page/page-text.ts';
import { inTurns } from '../../lib/page/turns.ts';

/** What tests find in the page's global scope. */
const reader = {
  ...createPageReader(window),
  css: HIGHLIGHT_CSS,
  makeAnchor,
  findAnchor,
  text: async () => (await inTurns(readPageText(document.body, 3_000_000))).text,
};

export type ReaderInPage = typeof reader;

Object.assign(globalThis, { reader });
