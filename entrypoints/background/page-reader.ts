import { browser } from 'wxt/browser';
import type { PageFailure } from '../../lib/model/page-share.ts';
import { HIGHLIGHT_CSS } from '../../lib/page/highlight.ts';
import { parseAnswer } from '../../lib/page/parse-answer.ts';
import type { PageReader, ReaderAnswers, ReaderQuestion } from '../../lib/page/reader-questions.ts';

type World = typeof globalThis & { sideroomReader?: PageReader };
type Failed = { readonly ok: false; readonly why: PageFailure };

/**
 * Asks the page in a tab, under the grant of the person's click on it (`activeTab`). The reader is put into the page with the first
 * question and not before [PAGE5]. Resolves to a failure where the page is gone, may not be entered or answers nonsense.
 */
export async function askPage<Type extends ReaderQuestion['type']>(
  tabId: number,
  question: ReaderQuestion & { readonly type: Type },
): Promise<ReaderAnswers[Type] | Failed> {
  try {
    let answer = await ask(tabId, question);
    if (answer === undefined) {
      await browser.scripting.executeScript({ target: { tabId }, files: ['/page-reader.js'] });
      await browser.scripting.insertCSS({ target: { tabId }, css: HIGHLIGHT_CSS, origin: 'AUTHOR' });
      answer = await ask(tabId, question);
    }
    return parseAnswer(question.type, answer) ?? { ok: false, why: 'not_allowed' };
  } catch {
    return { ok: false, why: await whyRefused(tabId) };
  }
}

async function ask(tabId: number, question: ReaderQuestion): Promise<unknown> {
  const [asked] = await browser.scripting.executeScript({
    target: { tabId },
    func: (put: ReaderQuestion) => (globalThis as World).sideroomReader?.answer(put),
    args: [question],
  });
  return asked?.result ?? undefined;
}

/** A tab that tells its address was opened by a click there: then it is the browser that lets nobody in. */
async function whyRefused(tabId: number): Promise<PageFailure> {
  try {
    const { url, status } = await browser.tabs.get(tabId);
    if (url === undefined) return 'not_allowed';
    if (/\.pdf$/i.test(new URL(url).pathname)) return 'pdf';
    return status === 'loading' ? 'changed' : 'no_entry';
  } catch {
    return 'closed';
  }
}
