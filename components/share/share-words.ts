import type { ShareKind } from '../../lib/model/page-share.ts';
import type { ShownHow } from '../../lib/model/share.ts';
import { countWord } from '../time-words.ts';

export const KIND_WORDS: Readonly<Record<ShareKind, string>> = {
  article: 'Page',
  selection: 'Passage',
  screenshot: 'Screenshot',
};

/** What to say after a page was shown; null: nothing, the person sees it. */
export const SHOWN_WORDS: Readonly<Record<ShownHow, string | null>> = {
  exact: null,
  moved: null,
  opened: null,
  edited: 'The page has changed. This is the passage most like the shared one.',
  gone: null,
};

export const GONE_WORDS = 'This passage is not on the page any more. Here is what was shared of it.';

export function lengthWords(characters: number, tokens: number): string {
  return `${countWord(characters)} ${characters === 1 ? 'character' : 'characters'}, about ${countWord(tokens)} tokens`;
}

/** The page's host as people read it. */
export function hostOf(url: string): string {
  return new URL(url).host.replace(/^www\./, '');
}
