import { browser } from 'wxt/browser';
import type { Notifications } from '../../lib/hub/deps.ts';

/** Ids of notifications are ours alone, but old versions may have left others. */
const PREFIX = 'chat:';
const ICON = '/icon/128.png';

/**
 * The browser's notifications. They are an optional permission: until a person grants it, the interface is not there at all, and
 * nothing is shown.
 */
export const browserNotifications: Notifications = {
  show({ chatId, title, text }) {
    ignore(
      api()?.create(PREFIX + chatId, { type: 'basic', iconUrl: browser.runtime.getURL(ICON), title, message: text }),
    );
  },
  clear(chatId) {
    ignore(api()?.clear(PREFIX + chatId));
  },
  clearAll() {
    ignore(clearEach());
  },
};

/**
 * Calls with the chat whose notification was clicked. To be called in the worker's first turn, because the click may be what
 * starts it; where the permission comes later, the listener does too.
 */
export function onNotificationClick(listener: (chatId: string) => void): void {
  const handleClick = (id: string) => {
    if (!id.startsWith(PREFIX)) return;
    const chatId = id.slice(PREFIX.length);
    browserNotifications.clear(chatId);
    listener(chatId);
  };
  const listen = () => {
    const events = api()?.onClicked;
    if (events !== undefined && !events.hasListener(handleClick)) events.addListener(handleClick);
  };
  listen();
  browser.permissions.onAdded.addListener(listen);
}

async function clearEach(): Promise<void> {
  const shown = await api()?.getAll();
  for (const id of Object.keys(shown ?? {})) await api()?.clear(id);
}

function api(): typeof browser.notifications | undefined {
  return browser.notifications as typeof browser.notifications | undefined;
}

/** A notification that the system does not show is one less; there is nobody to tell. */
function ignore(shown: Promise<unknown> | undefined): void {
  shown?.catch(() => {});
}
