import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { openStore } from '../../lib/data/store/store.ts';
import { createHub } from '../../lib/hub/hub.ts';
import { readPortName } from '../../lib/model/protocol.ts';
import { admit } from './admission.ts';
import { showUnread } from './badge.ts';
import { serveErrands } from './errands.ts';
import { focusPanel } from './focus.ts';
import { hubPort } from './hub-port.ts';
import { offerInvites } from './join-tabs.ts';
import { serveMicrophone } from './microphone.ts';
import { browserNotifications, onNotificationClick } from './notifications.ts';
import { closeOverlay, resizeOverlay, serveOverlays } from './overlays.ts';
import { hashPage, placeOf, watchPage } from './page-presence.ts';
import { pageBeside, readPage, showPage } from './page-shares.ts';
import { besideTab, openPage, readPassage } from './pages.ts';
import { createPasses } from './passes.ts';
import { capturePage } from './screenshots.ts';
import { settings } from './settings.ts';
import { keepStorageFromPages } from './storage-access.ts';
import { openBeside, openSidePanel, openWindow } from './surfaces.ts';

const WAKE_ALARM = 'wake';

/** Composition root of the background. All listeners are registered in the first turn: an event that started the worker waits for none. */
export default defineBackground({
  type: 'module',
  main() {
    keepStorageFromPages();
    const passes = createPasses();
    const hub = createHub({
      config: settings,
      store: openStore('sideroom'),
      now: Date.now,
      random: Math.random,
      online: {
        get: () => navigator.onLine,
        subscribe(listener, signal) {
          self.addEventListener('online', listener, { signal });
          self.addEventListener('offline', listener, { signal });
        },
      },
      timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
      notifications: browserNotifications,
      log: (event, facts) => console.info('sideroom:', event, facts ?? {}),
    });

    /** With a panel over their page. */
    const openTabs = new Set<number>();
    browser.action.onClicked.addListener((tab) => void openBeside(tab));
    serveOverlays({ passes, onInvite: hub.openInvite });
    serveMicrophone(passes);
    const errands = serveErrands({ hasPanel: (tabId) => openTabs.has(tabId), tell: hub.tellErrand });
    hub.onUnread(showUnread);
    onNotificationClick((chatId) => void openChat(chatId));

    /** A click on a notification is none that opens a side panel: where no panel is open, Sideroom's own window comes. */
    async function openChat(chatId: string): Promise<void> {
      if (!(await hub.openChat(chatId))) await openWindow();
    }

    browser.runtime.onConnect.addListener((port) => {
      const { sender } = port;
      const name = readPortName(port.name);
      if (name === null || sender === undefined) return;
      const tabId = sender.tab?.id;
      // The panel's own window is a tab as well, but no page lies under it.
      const pageTab = sender.frameId === 0 ? undefined : tabId;
      if (pageTab !== undefined) {
        openTabs.add(pageTab);
        port.onDisconnect.addListener(() => openTabs.delete(pageTab));
      }
      const place = placeOf(sender, name.windowId);
      hub.attach(hubPort(port), {
        admit: (hello) => admit(sender, hello, passes),
        async openSurface(surface) {
          if (surface === 'side-panel' && tabId !== undefined) await openSidePanel(tabId);
          else await openWindow();
        },
        focus: () => focusPanel(tabId),
        readPassage: () => readPassage(pageTab),
        openPage,
        readPage: async (kind) => readPage(await besideTab(pageTab), kind),
        takeErrand: () => errands.take(pageTab),
        capturePage: async () => capturePage(await besideTab(pageTab)),
        showPage: async (page) => showPage(page, await besideTab(pageTab)),
        pageBeside: async () => pageBeside(await besideTab(pageTab)),
        hashPage: (salt) => hashPage(place, salt),
        watchPage: (listener, signal) => watchPage(place, listener, signal),
        async closeOverlay() {
          if (tabId !== undefined) await closeOverlay(tabId);
        },
        async resizeOverlay(width) {
          if (tabId !== undefined) await resizeOverlay(tabId, width);
        },
      });
    });

    // The net under the socket's heartbeats: should the worker have been ended, this brings it back.
    browser.alarms.onAlarm.addListener(({ name }) => {
      if (name === WAKE_ALARM) hub.wake();
    });
    void browser.alarms.create(WAKE_ALARM, { periodInMinutes: 0.5 });
    browser.runtime.onInstalled.addListener(() => void offerInvites(settings.joinPattern));
  },
});
