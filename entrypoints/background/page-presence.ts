import { browser } from 'wxt/browser';
import { pageHash } from '../../lib/page/page-hash.ts';
import { addressOf } from './page-shares.ts';

/** Where a panel is: over the page in a tab, beside those of a window, or where no page lies beside it. */
export type Place =
  | { readonly kind: 'over'; readonly tabId: number }
  | { readonly kind: 'beside'; readonly windowId: number }
  | { readonly kind: 'apart' };

/** What the browser says of the other end of a panel's port. */
interface PortSender {
  readonly frameId?: number | undefined;
  readonly tab?: { readonly id?: number | undefined } | undefined;
}

export function placeOf({ frameId, tab }: PortSender, windowId: number | null): Place {
  if (tab?.id !== undefined && frameId !== 0) return { kind: 'over', tabId: tab.id };
  return tab === undefined && windowId !== null ? { kind: 'beside', windowId } : { kind: 'apart' };
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

async function tabAt(place: Place) {
  if (place.kind === 'apart') return null;
  if (place.kind === 'over') return browser.tabs.get(place.tabId).catch(() => null);
  const [tab] = await browser.tabs.query({ active: true, windowId: place.windowId }).catch(() => []);
  return tab ?? null;
}
