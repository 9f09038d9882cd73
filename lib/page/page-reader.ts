import { findInPage } from './find-in-page.ts';
import { showHighlight } from './highlight.ts';
import { readFacts } from './page-facts.ts';
import { readArticle, readSelection, whyNot } from './read-page.ts';
import type { PageReader, ReaderAnswers, ReaderQuestion } from './reader-questions.ts';

/** The reader of one page: answers what the background asks, and holds what it highlights. */
export function createPageReader(window: Window): PageReader {
  let shown = new AbortController();

  async function answer(question: ReaderQuestion): Promise<ReaderAnswers[ReaderQuestion['type']]> {
    const { document } = window;
    switch (question.type) {
      case 'article':
        return readArticle(document, window.location.href);
      case 'selection':
        return readSelection(window);
      case 'facts': {
        const why = whyNot(document);
        // What has no text to be read can be photographed.
        if (why !== null && why !== 'no_text' && why !== 'pdf') return { ok: false, why };
        return { ok: true, facts: readFacts(document, window.location.href) };
      }
      case 'highlight': {
        shown.abort();
        const why = whyNot(document);
        if (why !== null) return { ok: false, why };
        const found = await findInPage(document, question.anchor);
        if (found === null) return { ok: false, why: 'gone' };
        shown.abort();
        shown = new AbortController();
        showHighlight(found.range, shown.signal);
        return { ok: true, how: found.how };
      }
      case 'clear':
        shown.abort();
        return { ok: true };
    }
  }

  return { answer };
}
