import { browser } from 'wxt/browser';
import type { ShareKind } from '../../lib/model/page-share.ts';
import type { ClickedTab } from './surfaces.ts';

const SHARE_SELECTION = 'share-selection';

/** What a person wants of the panel over a page, from the page's own menu or by a shortcut. */
export interface Errands {
  /** Takes what is wanted in a tab; null: nothing. */
  take(tabId: number | undefined): ShareKind | null;
}

interface Deps {
  /** Whether a panel lies over the page of a tab. */
  hasPanel(tabId: number): boolean;
  /** Open panels may look for their errand. */
  tell(): void;
  /** Opens a panel beside a page; what has a selection is mostly a web page, told or not. */
  open(tab: ClickedTab): void;
}

/** The menu entry at a selection and the shortcut open the panel where there is none, and have the selection read. */
export function serveErrands({ hasPanel, tell, open }: Deps): Errands {
  const wanted = new Map<number, ShareKind>();

  function shareSelection(tab: ClickedTab | undefined): void {
    if (tab?.id === undefined) return;
    wanted.set(tab.id, 'selection');
    if (hasPanel(tab.id)) tell();
    else open({ ...tab, url: tab.url ?? 'https:' });
  }

  browser.runtime.onInstalled.addListener(() => {
    browser.contextMenus.create({
      id: SHARE_SELECTION,
      title: 'Share with Sideroom',
      contexts: ['selection'],
      documentUrlPatterns: ['http://*/*', 'https://*/*'],
    });
  });
  browser.contextMenus.onClicked.addListener(({ menuItemId }, tab) => {
    if (menuItemId === SHARE_SELECTION) shareSelection(tab);
  });
  browser.commands.onCommand.addListener((command, tab) => {
    if (command === SHARE_SELECTION) shareSelection(tab);
  });
  browser.tabs.onRemoved.addListener((tabId) => wanted.delete(tabId));

  return {
    take(tabId) {
      const kind = wanted.get(tabId ?? -1) ?? null;
      if (tabId !== undefined) wanted.delete(tabId);
      return kind;
    },
  };
}
