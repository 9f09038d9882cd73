import type { ArticleReading, ReadingResult, SelectionReading } from './reading-result.ts';

/** The readable text of a page as Markdown, without what nobody sees on it. Gives the page its turn every few milliseconds. */
export async function readArticle(document: Document, address: string): Promise<ReadingResult<ArticleReading>> {
  throw new Error(`${document.title} at ${address}: not yet`);
}

/** What the person selected on a page, with its anchor; in a frame of the same origin too. */
export async function readSelection(window: Window): Promise<ReadingResult<SelectionReading>> {
  throw new Error(`${window.name}: not yet`);
}
