import { browser } from 'wxt/browser';
import type { PageNews } from '../../lib/model/share.ts';

/** Single-page apps change their address in bursts; a page that loads says several things. */
const SETTLED = 300;

type Listener = (tabId: number, news: PageNews) => void;

/** What becomes of the pages in tabs. Of a tab on which Sideroom was not opened nothing is known but that something came there. */
export interface PageWatch {
  /** Calls when a tab shows another page or comes to the front, and when a page takes the keyboard; returns what ends it. */
  subscribe(listener: Listener): () => void;
  /** Somebody else knows something of a page. */
  tell: Listener;
}

/** Must be made in the worker's first turn: it registers listeners. */
export function watchPages(): PageWatch {
  const listeners = new Set<Listener>();
  const settling = new Map<number, ReturnType<typeof setTimeout>>();

  function tell(tabId: number, news: PageNews): void {
    for (const listener of listeners) listener(tabId, news);
  }

  browser.tabs.onUpdated.addListener((tabId, { url, status }) => {
    if (url === undefined && status !== 'complete') return;
    clearTimeout(settling.get(tabId));
    const settle = () => {
      settling.delete(tabId);
      tell(tabId, 'other');
    };
    settling.set(tabId, setTimeout(settle, SETTLED));
  });
  browser.tabs.onActivated.addListener(({ tabId }) => tell(tabId, 'other'));
  browser.tabs.onRemoved.addListener((tabId) => {
    clearTimeout(settling.get(tabId));
    settling.delete(tabId);
  });

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell,
  };
}
