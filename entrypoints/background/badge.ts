import { browser } from 'wxt/browser';
import { badgeOver, unreadText } from './badge-words.ts';

/** Unread chats in the accent; what lies on a page is quieter. */
const UNREAD = '#00738a';
const SHARED = '#5d646b';

interface Deps {
  /** The hash of the page in a tab, where Sideroom was opened on it; null elsewhere. */
  hashOf(tabId: number): Promise<string | null>;
  countShares(pageHash: string): Promise<number>;
}

/** The number on the toolbar button: chats with something unread, else shares of the page in view. */
export function createBadge({ hashOf, countShares }: Deps) {
  let unread = 0;
  /** By tab, where there are any. The browser forgets a tab's badge with its page. */
  const shares = new Map<number, number>();
  /** The latest look at each tab: of two that cross, the later one counts. */
  const looks = new Map<number, number>();
  let lookCount = 0;
  browser.tabs.onRemoved.addListener((tabId) => {
    shares.delete(tabId);
    looks.delete(tabId);
  });

  async function paint(tabId: number): Promise<void> {
    const { action } = browser;
    const normal = browser.runtime.getManifest().action?.default_title ?? '';
    const { text, title } = badgeOver(shares.get(tabId) ?? 0, unread, normal);
    const color = text === null ? UNREAD : SHARED;
    // The tab may be gone by now.
    await Promise.all([
      // Null gives a tab back what stands over all; the types do not know it.
      action.setBadgeText({ tabId, text: text as string }),
      action.setBadgeBackgroundColor({ tabId, color }),
      action.setTitle({ tabId, title }),
    ]).catch(() => {});
  }

  async function look(tabId: number): Promise<void> {
    const mine = ++lookCount;
    looks.set(tabId, mine);
    const hash = await hashOf(tabId);
    // It is an extra: where the server is away, the button is as it always is.
    const count = hash === null ? 0 : await countShares(hash).catch(() => 0);
    if (looks.get(tabId) !== mine) return;
    const known = shares.has(tabId);
    if (count > 0) shares.set(tabId, count);
    else shares.delete(tabId);
    if (known || count > 0) await paint(tabId);
  }

  return {
    look,

    async lookEverywhere(): Promise<void> {
      const tabs = await browser.tabs.query({});
      await Promise.all(tabs.map(({ id, url }) => (id === undefined || url === undefined ? undefined : look(id))));
    },

    showUnread(chats: number): void {
      unread = chats;
      void browser.action.setBadgeBackgroundColor({ color: UNREAD });
      void browser.action.setBadgeText({ text: unreadText(chats) });
      for (const tabId of shares.keys()) void paint(tabId);
    },
  };
}
