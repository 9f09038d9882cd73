import { browser } from 'wxt/browser';
import { pageHash } from '../../lib/page/page-hash.ts';
import { addressOf } from './page-shares.ts';

/** Where a panel is: over the page in a tab, in the side panel that is this document, or where no page lies beside it. */
export type Place =
  | { readonly kind: 'over'; readonly tabId: number }
  | { readonly kind: 'beside'; readonly documentId: string }
  | { readonly kind: 'apart' };

/** What the browser says of the other end of a panel's port. */
interface PortSender {
  readonly frameId?: number | undefined;
  readonly documentId?: string | undefined;
  readonly tab?: { readonly id?: number | undefined } | undefined;
}

/** A page loads in steps; one look is enough for them. */
const SETTLES = 300;

export function placeOf({ frameId, documentId, tab }: PortSender): Place {
  if (tab?.id !== undefined && frameId !== 0) return { kind: 'over', tabId: tab.id };
  return tab === undefined && documentId !== undefined ? { kind: 'beside', documentId } : { kind: 'apart' };
}

/**
 * The hash of the page in sight over or beside which a panel lies. Null where there is none that Sideroom was opened on, and for every
 * page in a private window.
 */
export async function hashPage(place: Place, salt: string): Promise<string | null> {
  const tab = await tabAt(place);
  if (tab?.id === undefined || tab.incognito) return null;
  const address = await addressOf(tab.id);
  return address === null ? null : pageHash(address, salt);
}

/** Calls when the page at this place may have become another one. The address itself is not listened for. */
export function watchPage(place: Place, listener: () => void, signal: AbortSignal): void {
  if (place.kind === 'apart' || signal.aborted) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(listener, SETTLES);
  };
  const handleUpdate = (tabId: number) => {
    if (place.kind === 'beside' || place.tabId === tabId) soon();
  };
  browser.tabs.onUpdated.addListener(handleUpdate);
  if (place.kind === 'beside') browser.tabs.onActivated.addListener(soon);
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    browser.tabs.onUpdated.removeListener(handleUpdate);
    browser.tabs.onActivated.removeListener(soon);
  });
}

async function tabAt(place: Place) {
  if (place.kind === 'over') return browser.tabs.get(place.tabId).catch(() => null);
  const windowId = place.kind === 'beside' ? await windowOf(place.documentId) : null;
  if (windowId === null) return null;
  const [tab] = await browser.tabs.query({ active: true, windowId });
  return tab ?? null;
}

/** The window in which a side panel is; null in browsers that do not say. */
async function windowOf(documentId: string): Promise<number | null> {
  if (browser.runtime.getContexts === undefined) return null;
  const [context] = await browser.runtime.getContexts({ documentIds: [documentId] });
  return context === undefined || context.windowId < 0 ? null : context.windowId;
}
