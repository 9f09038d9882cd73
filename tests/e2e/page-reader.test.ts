import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { parseAnswer } from '../../lib/page/parse-answer.ts';
import type { ReaderAnswers, ReaderQuestion } from '../../lib/page/reader-questions.ts';
import { launchPerson, type PersonBrowser } from './support/chromium.ts';
import { startWebsite, type Website } from './support/pages.ts';

type Chrome = { chrome: typeof chrome };

describe('the page reader in the extension', () => {
  const product = inject('product');
  let website: Website;
  let person: PersonBrowser;

  beforeAll(async () => {
    website = await startWebsite();
    person = await launchPerson(product.extensionDir);
  });

  afterAll(async () => {
    await Promise.all([person?.close(), website?.stop()]);
  });

  /** As the background does it: into the tab on which the button was clicked, under the grant of that click. */
  async function ask<Type extends ReaderQuestion['type']>(
    page: Page,
    question: ReaderQuestion & { type: Type },
  ): Promise<ReaderAnswers[Type]> {
    const worker = await person.worker();
    const answer = await worker.evaluate(
      async (url, put) => {
        const { chrome } = globalThis as unknown as Chrome;
        // Only a tab with the grant tells its address.
        const tab = (await chrome.tabs.query({})).findLast((each) => each.url === url);
        const target = { tabId: tab?.id ?? -1 };
        await chrome.scripting.executeScript({ target, files: ['/page-reader.js'] });
        const [asked] = await chrome.scripting.executeScript({
          target,
          func: (inner) =>
            (
              globalThis as unknown as { sideroomReader: { answer(q: unknown): Promise<unknown> } }
            ).sideroomReader.answer(inner),
          args: [put],
        });
        return asked?.result as unknown;
      },
      page.url(),
      question,
    );
    const parsed = parseAnswer(question.type, answer);
    if (parsed === null) throw new Error(`no answer: ${JSON.stringify(answer)}`);
    return parsed;
  }

  async function openWithPanel(path: string): Promise<Page> {
    const page = await person.open(`${website.url}${path}`);
    await person.openOverlay(page);
    return page;
  }

  test('[PAGE2] reads the article beside the panel, and nothing of the panel', async () => {
    const page = await openWithPanel('/article?utm_source=x#top');
    const answer = await ask(page, { type: 'article' });
    expect(answer).toMatchObject({
      ok: true,
      reading: { facts: { url: `${website.url}/article`, title: 'Margins', language: 'en' } },
    });
    expect(JSON.stringify(answer)).toContain('The margin of a shared book');
    expect(JSON.stringify(answer)).not.toContain('Sign in');
  });

  test('[PAGE2] [PAGE3] reads the selection and highlights it again, under a strict policy with Trusted Types', async () => {
    for (const [path, words] of [
      ['/article', 'one person underlined a sentence'],
      ['/strict', 'Nothing is allowed here.'],
    ] as const) {
      const page = await openWithPanel(path);
      await page.evaluate((wanted) => {
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const node = walker.currentNode as Text;
          const at = node.data.indexOf(wanted);
          if (at >= 0) getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
        }
      }, words);
      const selected = await ask(page, { type: 'selection' });
      if (!selected.ok) throw new Error(selected.why);
      expect(selected.reading.text).toBe(words);
      expect(await ask(page, { type: 'highlight', anchor: selected.reading.anchor })).toEqual({
        ok: true,
        how: 'exact',
      });
    }
  });

  test('[PAGE5] the page finds no trace of the reader', async () => {
    const page = await openWithPanel('/article');
    const globals = () => page.evaluate(() => Object.getOwnPropertyNames(globalThis).sort());
    const html = () => page.evaluate(() => document.documentElement.outerHTML);
    const before = [await globals(), await html()];
    await ask(page, { type: 'article' });
    await ask(page, { type: 'facts' });
    expect([await globals(), await html()]).toEqual(before);
  });

  test('[PAGE2] [PAGE6] a PDF is said to be one', async () => {
    const page = await person.open(`${website.url}/paper.pdf`);
    await person.extension.triggerAction(page);
    // The tab is not known before the click has granted it.
    await expect.poll(() => ask(page, { type: 'article' }).catch(() => null)).toEqual({ ok: false, why: 'pdf' });
  });
});
