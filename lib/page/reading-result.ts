import type { PageFailure, PageReading } from '../model/page-share.ts';

/** What came of reading a page. */
export type ReadingResult<Reading extends PageReading = PageReading> =
  | { readonly ok: true; readonly reading: Reading }
  | { readonly ok: false; readonly why: PageFailure };

export type ArticleReading = Extract<PageReading, { kind: 'article' }>;
export type SelectionReading = Extract<PageReading, { kind: 'selection' }>;
