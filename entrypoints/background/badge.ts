import { browser } from 'wxt/browser';

/** Shows on the toolbar button how many chats have something unread. */
export function showUnread(chats: number): void {
  void browser.action.setBadgeText({ text: chats === 0 ? '' : String(Math.min(chats, 99)) });
}
