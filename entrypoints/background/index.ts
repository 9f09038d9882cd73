import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { openStore } from '../../lib/data/store/store.ts';
import { createHub } from '../../lib/hub/hub.ts';
import { readPortName } from '../../lib/model/protocol.ts';
import type { WhyBeside } from '../../lib/model/share.ts';
import { admit } from './admission.ts';
import { createBadge } from './badge.ts';
import { serveErrands } from './errands.ts';
import { focusPanel } from './focus.ts';
import { hubPort } from './hub-port.ts';
import { isJoinPage, offerInvites } from './join-tabs.ts';
import { serveMicrophone } from './microphone.ts';
import { browserNotifications, onNotificationClick } from './notifications.ts';
import { returnOverlays } from './overlay-returns.ts';
import { closeOverlay, focusOverlay, resizeOverlay, serveOverlays } from './overlays.ts';
import { hashPage, placeOf, watchPage } from './page-presence.ts';
import { pageBeside, readPage, refused, showPage } from './page-shares.ts';
import { watchPages } from './page-watch.ts';
import { besideTab, openPage, readPassage } from './pages.ts';
import { createPasses } from './passes.ts';
import { capturePage } from './screenshots.ts';
import { settings } from './settings.ts';
import { keepStorageFromPages } from './storage-access.ts';
import { type ClickedTab, openBeside, openSidePanel, openWindow } from './surfaces.ts';
import { rememberWhyBeside } from './why-beside.ts';

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

    /** The ports of panels over pages, and in which tabs. */
    const overPages = new Map<object, number>();
    const hasPanel = (tabId: number) => [...overPages.values()].includes(tabId);
    const pages = watchPages();
    const whyBeside = rememberWhyBeside();
    const returning = returnOverlays();
    const badge = createBadge({ hashOf, countShares: hub.countShares });
    browser.action.onClicked.addListener(open);
    serveOverlays({
      passes,
      onInvite: hub.openInvite,
      onBlocked(tabId, why) {
        noteWhy(tabId, why);
        return openSidePanel(tabId);
      },
      onClosed: returning.forget,
      onLeft: (tabId, address) => void returning.noteLeft(tabId, address),
      onKeysTaken: (tabId) => pages.tell(tabId, 'takes-keys'),
    });
    serveMicrophone(passes);
    const errands = serveErrands({ hasPanel, tell: hub.tellErrand, open });
    hub.onUnread(badge.showUnread);
    hub.onShares(() => void badge.lookEverywhere());
    pages.subscribe((tabId, news) => {
      if (news === 'other') void badge.look(tabId);
    });
    onNotificationClick((chatId) => void openChat(chatId));

    function open(tab: ClickedTab): void {
      void openBeside(tab, noteWhy);
      if (tab.id !== undefined) void badge.look(tab.id);
    }

    function noteWhy(tabId: number, why: WhyBeside): void {
      whyBeside.note(tabId, why);
      // A side panel may be open already.
      pages.tell(tabId, 'other');
    }

    /** The tab of the page that a panel may read. */
    async function pageTabOf(pageTab: number | undefined): Promise<number | undefined> {
      const tabId = await besideTab(pageTab);
      if (whyBeside.of(tabId) === 'no_entry') throw refused('no_entry');
      return tabId;
    }

    /** Over a join page the extension may look always, so there an open panel is what counts. */
    async function hashOf(tabId: number): Promise<string | null> {
      const isOpen = hasPanel(tabId);
      const page = await pageBeside(tabId, { isUntouched: !isOpen });
      return page === null || (!isOpen && isJoinPage(page.url, settings.joinPattern)) ? null : page.hash;
    }

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
        overPages.set(port, pageTab);
        whyBeside.forget(pageTab);
        port.onDisconnect.addListener(() => overPages.delete(port));
        void badge.look(pageTab);
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
        readPage: async (kind) => readPage(await pageTabOf(pageTab), kind),
        takeErrand: () => errands.take(pageTab),
        capturePage: async () => capturePage(await pageTabOf(pageTab)),
        showPage: async (page) => showPage(page, await besideTab(pageTab)),
        pageBeside: async () => pageBeside(await besideTab(pageTab)),
        hashPage: (salt) => hashPage(place, salt),
        watchPage: (listener, signal) => watchPage(place, listener, signal),
        whyBeside: async () => whyBeside.of(await besideTab(pageTab)),
        onPage: (listener) =>
          pages.subscribe((changed, news) => {
            if (changed === pageTab || (pageTab === undefined && news === 'other')) listener(news);
          }),
        async takeKeys() {
          if (pageTab !== undefined) await focusOverlay(pageTab);
        },
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
