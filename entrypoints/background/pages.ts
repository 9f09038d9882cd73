import { browser } from 'wxt/browser';
import { type Passage, passageOf } from '../../lib/model/passage.ts';

/** The page beside a panel and what is selected on it; null where there is none that the person opened Sideroom on. */
export async function readPassage(tabId: number | undefined): Promise<Passage | null> {
  const id = await besideTab(tabId);
  if (id === undefined) return null;
  try {
    const [read] = await browser.scripting.executeScript({
      target: { tabId: id },
      func: () => ({ url: location.href, selection: String(getSelection()) }),
    });
    const found = read?.result as { url: string; selection: string } | undefined;
    return found === undefined ? null : passageOf(found.url, found.selection);
  } catch {
    // Sideroom was not opened on it, or it is a page that extensions may not enter.
    return null;
  }
}

export async function openPage(url: string): Promise<void> {
  await browser.tabs.create({ url });
}

/** The tab of the page beside a panel: the one that an overlay lies over, else the one in sight in the window used last. */
export async function besideTab(tabId: number | undefined): Promise<number | undefined> {
  if (tabId !== undefined) return tabId;
  const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true, windowType: 'normal' });
  return tab?.id ?? (await browser.tabs.query({ active: true, windowType: 'normal' }))[0]?.id;
}
