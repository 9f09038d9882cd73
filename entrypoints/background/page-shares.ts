import { browser } from 'wxt/browser';
import { FailureError, failure } from '../../lib/model/failure.ts';
import { PAGE_SALT } from '../../lib/model/page-lookup.ts';
import type { PageFailure, TextAnchor } from '../../lib/model/page-share.ts';
import type { ShownHow, TextReading } from '../../lib/model/share.ts';
import { canonicalUrl } from '../../lib/page/canonical-url.ts';
import { type Declaration, declaredFor } from '../../lib/page/declared-address.ts';
import { pageHash } from '../../lib/page/page-hash.ts';
import { textFragmentUrl } from '../../lib/page/text-fragment.ts';
import { focusPanel } from './focus.ts';
import { askPage } from './page-reader.ts';

/** Reads the page in a tab. Throws `page_…`. */
export async function readPage(tabId: number | undefined, kind: TextReading['kind']): Promise<TextReading> {
  if (tabId === undefined) throw refused('closed');
  const answer = await askPage(tabId, { type: kind });
  if (!answer.ok) throw refused(answer.why);
  return answer.reading;
}

/** What a page is called: thrown where there is none, or none that may be read. */
export function refused(why: PageFailure): FailureError {
  return new FailureError(failure(`page_${why}`));
}

interface WantedPage {
  readonly url: string;
  readonly anchor: TextAnchor | null;
}

/**
 * Brings a page before the person's eyes: the tab beside the panel if it has the page, else another one that has it and that
 * Sideroom was opened on, else a new one, in which the browser itself looks for the passage.
 */
export async function showPage({ url, anchor }: WantedPage, beside: number | undefined): Promise<ShownHow> {
  const tabId = await tabWith(url, beside);
  if (tabId !== null) {
    const how = anchor === null ? 'opened' : await highlight(tabId, anchor);
    if (how !== null) {
      await focusPanel(tabId);
      return how;
    }
  }
  await browser.tabs.create({ url: anchor === null ? url : textFragmentUrl(url, anchor) });
  return 'opened';
}

/** Null where the page may not be entered any more. */
async function highlight(tabId: number, anchor: TextAnchor): Promise<ShownHow | null> {
  const answer = await askPage(tabId, { type: 'highlight', anchor });
  if (answer.ok) return answer.how;
  return answer.why === 'gone' ? 'gone' : null;
}

/** Only tabs that Sideroom was opened on tell their address. */
async function tabWith(url: string, beside: number | undefined): Promise<number | null> {
  const tabs = await browser.tabs.query({});
  const open = tabs.filter((tab) => tab.id !== undefined && tab.url !== undefined && /^https?:/.test(tab.url));
  const ranked = [...open.filter(({ id }) => id === beside), ...open.filter(({ id }) => id !== beside)];
  for (const { id = -1, url: address = '' } of ranked) {
    if (canonicalUrl(address) === url) return id;
    if ((await declaredAddress(id, address)) === url) return id;
  }
  return null;
}

/**
 * The page in a tab that Sideroom was opened on, by its address and that by which it wants to be known; nothing else is read.
 * `isUntouched`: not even that, because no panel lies over this very page.
 */
export async function pageBeside(
  tabId: number | undefined,
  { isUntouched = false } = {},
): Promise<{ url: string; hash: string } | null> {
  const url = tabId === undefined ? null : await addressOf(tabId, isUntouched);
  return url === null ? null : { url, hash: await pageHash(url, PAGE_SALT) };
}

/** The address of the page in a tab, or that by which it wants to be known. Null where Sideroom was not opened on it. */
export async function addressOf(tabId: number, isUntouched = false): Promise<string | null> {
  const tab = await browser.tabs.get(tabId).catch(() => null);
  if (tab?.id === undefined || tab.url === undefined || !/^https?:/.test(tab.url)) return null;
  const declared = isUntouched ? null : await declaredAddress(tab.id, tab.url);
  return declared ?? canonicalUrl(tab.url);
}

async function declaredAddress(tabId: number, address: string): Promise<string | null> {
  try {
    const [read] = await browser.scripting.executeScript({
      target: { tabId },
      func: () => ({
        declared: document.querySelector('link[rel~=canonical i][href]')?.getAttribute('href') ?? null,
        loaded: performance.getEntriesByType('navigation')[0]?.name ?? null,
      }),
    });
    const declaration = parseDeclaration(read?.result);
    const declared = declaration === null ? null : declaredFor(address, declaration);
    return declared === null ? null : canonicalUrl(address, declared);
  } catch {
    return null;
  }
}

/** It comes from the page's process. */
function parseDeclaration(answer: unknown): Declaration | null {
  const { declared = null, loaded = null } = (answer ?? {}) as Partial<Record<string, unknown>>;
  if (typeof declared !== 'string' || (loaded !== null && typeof loaded !== 'string')) return null;
  return { declared, loaded };
}
