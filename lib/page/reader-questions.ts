import type { PageFacts, PageFailure, TextAnchor } from '../model/page-share.ts';
import type { ArticleReading, ReadingResult, SelectionReading } from './reading-result.ts';

/** How a passage was found again: where and as it was; as it was, elsewhere; or in other words. */
export type FoundHow = 'exact' | 'moved' | 'edited';

export type HighlightResult =
  | { readonly ok: true; readonly how: FoundHow }
  | { readonly ok: false; readonly why: 'gone' | PageFailure };

/**
 * What the background asks of the reader that it put into a page, and what it answers. The answer crosses from a page's process, so
 * the background takes it through `parse-answer.ts` alone.
 */
export interface ReaderAnswers {
  readonly article: ReadingResult<ArticleReading>;
  readonly selection: ReadingResult<SelectionReading>;
  /** What the page says of itself, for a screenshot and for “on this page”. */
  readonly facts: { readonly ok: true; readonly facts: PageFacts } | { readonly ok: false; readonly why: PageFailure };
  /** Shows a passage: highlighted, and in the middle of the window. */
  readonly highlight: HighlightResult;
  readonly clear: { readonly ok: true };
}

export type ReaderQuestion =
  | { readonly type: 'article' | 'selection' | 'facts' | 'clear' }
  | { readonly type: 'highlight'; readonly anchor: TextAnchor };

/** What the injected script leaves in its isolated world, for the next questions. */
export interface PageReader {
  answer(question: ReaderQuestion): Promise<ReaderAnswers[ReaderQuestion['type']]>;
}
