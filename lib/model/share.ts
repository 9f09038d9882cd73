import type { PageFacts, PageReading, ShareKind, TextAnchor } from './page-share.ts';
import { countCharacters } from './text.ts';

/** What is shared of a webpage, whole: what the person saw in the preview, and nothing else of the page. */
export interface WholeShare extends PageFacts {
  readonly id: string;
  readonly kind: ShareKind;
  /** Of articles and selections; at most MAX_SHARE_CHARACTERS. */
  readonly text: string;
  /** Of a selection. */
  readonly anchor: TextAnchor | null;
  /** Of a screenshot: the file of the same message that shows it. */
  readonly screenshotId: string | null;
}

/** A share as its message carries it: enough for its card. */
export interface Share extends PageFacts {
  readonly id: string;
  readonly kind: ShareKind;
  /** Its text's first 300 characters. */
  readonly quote: string;
  /** Of its text. */
  readonly characters: number;
  readonly screenshotId: string | null;
}

/** How many shares one message takes. */
export const MAX_SHARES = 5;
export const MAX_SHARE_CHARACTERS = 100_000;
const QUOTE = 300;

/** What is read of a page as words. */
export type TextReading = Exclude<PageReading, { kind: 'screenshot' }>;

/** How a page was shown: its passage as it was, elsewhere, in other words, or not any more; or in a new tab, left to the browser. */
export type ShownHow = 'exact' | 'moved' | 'edited' | 'gone' | 'opened';

/** What a panel is told of the page beside it: another one is in view, or a script of it took the keyboard from the panel. */
export type PageNews = 'other' | 'takes-keys';

/** Why a panel lies beside a page and not over it: extensions may not enter it, a dialog or full screen lies over it, or it takes the panel out. */
export type WhyBeside = 'no_entry' | 'dialog' | 'removed';

/** Shares of one page in one of the person's chats. */
export interface PageInChat {
  readonly chatId: string;
  readonly count: number;
  /** The message of the latest. */
  readonly messageId: string;
  readonly seq: number;
}

/** The page beside a panel, and where it was shared. */
export interface PageBeside {
  readonly url: string;
  readonly chats: readonly PageInChat[];
}

export function lightShare({ text, anchor: _, ...share }: WholeShare): Share {
  const quote = [...text.slice(0, QUOTE * 2)].slice(0, QUOTE).join('');
  return { ...share, quote, characters: countCharacters(text) };
}

/** Where a quote from a share stands on its page, as far as the share tells. */
export function quoteAnchor({ text, anchor }: Pick<WholeShare, 'text' | 'anchor'>, quote: string): TextAnchor {
  const at = Math.max(0, text.indexOf(quote));
  const start = (anchor?.start ?? 0) + at;
  return { exact: quote, prefix: '', suffix: '', start, end: start + quote.length };
}
