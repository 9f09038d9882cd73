import { openStore } from '../lib/data/store/store.ts';
import { createHub } from '../lib/hub/hub.ts';
import { NO_PAGE } from '../lib/hub/no-page.ts';
import type { PanelPort } from '../lib/hub/port-server.ts';
import type { PanelMessage } from '../lib/model/protocol.ts';
import type { Opening } from './messages.ts';
import { settings } from './settings.ts';

const WAKE_EVERY = 30_000;

/** The hub outside an extension. Gives what serves one panel over a port of the browser's. */
export function serveHub(): (port: MessagePort) => void {
  const hub = createHub({
    config: settings,
    store: openStore('sideroom'),
    now: Date.now,
    random: Math.random,
    timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    online: {
      get: () => navigator.onLine,
      subscribe(listener, signal) {
        globalThis.addEventListener('online', listener, { signal });
        globalThis.addEventListener('offline', listener, { signal });
      },
    },
    notifications: { show() {}, clear() {}, clearAll() {} },
  });
  setInterval(hub.wake, WAKE_EVERY);
  const refuse = async () => {};

  return (port) => {
    port.addEventListener('message', open, { once: true });
    port.start();

    function open({ data }: MessageEvent): void {
      const { lock, invite } = data as Opening;
      if (invite !== null) void hub.openInvite(invite);
      hub.attach(panelPort(port, lock), {
        // The browser lets none but pages of this origin get here.
        admit: async () => true,
        openSurface: refuse,
        focus: refuse,
        readPassage: async () => null,
        ...NO_PAGE,
        openPage: refuse,
        takeKeys: refuse,
        closeOverlay: refuse,
        resizeOverlay: refuse,
      });
    }
  };
}

/** A port does not tell when the other side is gone; the lock that it held is free then. */
function panelPort(port: MessagePort, lock: string): PanelPort {
  return {
    postMessage: (message) => port.postMessage(message),
    onMessage: (listener) => port.addEventListener('message', ({ data }) => listener(data as PanelMessage)),
    onDisconnect: (listener) => void navigator.locks.request(lock, () => listener()),
    disconnect: () => port.close(),
  };
}
