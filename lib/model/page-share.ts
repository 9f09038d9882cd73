/** What can be shared of a webpage. */
export type ShareKind = 'article' | 'selection' | 'screenshot';

/** What a webpage says of itself. */
export interface PageFacts {
  /** Canonical, http or https, without tracking parameters; at most 2,000 characters. */
  readonly url: string;
  /** At most 300 characters; the host where a page has none. */
  readonly title: string;
  readonly author: string | null;
  /** ISO 8601, as exact as the page says. */
  readonly publishedAt: string | null;
  /** BCP 47. */
  readonly language: string | null;
}

/**
 * Where a passage stands, as the W3C's Web Annotation model says it (TextQuoteSelector and TextPositionSelector). Offsets are UTF-16
 * units into the visible text of the page as it was read.
 */
export interface TextAnchor {
  readonly exact: string;
  /** At most 64 characters before the passage. */
  readonly prefix: string;
  /** At most 64 characters after it. */
  readonly suffix: string;
  readonly start: number;
  readonly end: number;
}

/** Longest text that is read from a page, in UTF-16 units. */
export const MAX_PAGE_CHARACTERS = 100_000;

/** What was read from a page, before the person saw it. */
export type PageReading =
  | {
      readonly kind: 'article';
      readonly facts: PageFacts;
      /** Plain text with Markdown's blocks (headings, lists, quotes, code, tables), nothing escaped. */
      readonly text: string;
      /** The page is longer than what may be shared: this is its beginning. */
      readonly cut?: true;
    }
  | { readonly kind: 'selection'; readonly facts: PageFacts; readonly text: string; readonly anchor: TextAnchor }
  | { readonly kind: 'screenshot'; readonly facts: PageFacts; readonly picture: Blob };

/** Why nothing could be read: each has a sentence of its own for the person. */
export type PageFailure =
  | 'no_text'
  | 'nothing_selected'
  | 'too_big'
  | 'not_allowed'
  | 'no_entry'
  | 'closed'
  | 'pdf'
  | 'changed';
