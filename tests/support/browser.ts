import 'fake-indexeddb/auto';
import { openStore, type Store } from '../../lib/data/store/store.ts';
import type { PanelHost } from '../../lib/hub/deps.ts';
import { createHub, type Hub } from '../../lib/hub/hub.ts';
import { NO_PAGE } from '../../lib/hub/no-page.ts';
import { connectHub, type HubClient, type PanelSnapshot } from '../../lib/hub/panel-client.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { newId } from '../../lib/model/ids.ts';
import type { HubMessage, PanelMessage, Surface } from '../../lib/model/protocol.ts';
import { beginLife, type Life } from './life.ts';
import { type RecordedNotifications, recordNotifications } from './notifications.ts';
import { portPair } from './port-pair.ts';

/** A real panel client, and ways to wait for what it shows. */
export interface TestPanel extends HubClient {
  /** Resolves with the first snapshot, from now on, of which this is true. */
  until(isTrue: (snapshot: PanelSnapshot) => boolean): Promise<PanelSnapshot>;
  untilView(isTrue: (view: ChatView) => boolean): Promise<ChatView>;
  close(): void;
}

/** A browser with the extension: a hub that can be ended and started again, on a store that stays. */
export interface TestBrowser {
  readonly hub: Hub;
  /** Name of the database in which the hub keeps everything. */
  readonly storeName: string;
  openPanel(surface?: Surface): TestPanel;
  /** Ends the worker as browsers do: in the midst of whatever it does, without a word to anybody, and every port breaks. */
  kill(): Promise<void>;
  /** Starts the worker again, unless it runs; panels that were open connect to it by themselves. */
  start(): void;
  /** What the hub logged. */
  readonly log: readonly string[];
  /** What stands on the person's screen, and everything that was put there, in order; it survives the worker. */
  readonly notifications: RecordedNotifications;
  /** Shifts the hub's clock. */
  skip(milliseconds: number): void;
  stop(): Promise<void>;
}

interface Worker {
  readonly hub: Hub;
  readonly life: Life;
  readonly store: Store;
}

interface Options {
  readonly url: string;
  readonly publishableKey: string;
  readonly host?: Partial<PanelHost>;
  readonly timeZone?: string;
}

export function openBrowser({ url, publishableKey, host = {}, timeZone = 'UTC' }: Options): TestBrowser {
  const storeName = newId();
  const log: string[] = [];
  const recorder = recordNotifications();
  const panels = new Set<AbortController>();
  const ports = new Set<{ disconnect(): void }>();
  let shift = 0;
  let worker: Worker | null = null;

  function start(): void {
    if (worker !== null) return;
    const life = beginLife();
    const store = openStore(storeName);
    const hub = life.run(() =>
      createHub({
        config: { supabaseUrl: url, publishableKey, joinUrl: `${url}/join`, mailUrl: `${url}/mail` },
        store: life.hold(store),
        now: () => Date.now() + shift,
        random: Math.random,
        online: { get: () => true, subscribe: () => {} },
        timeZone: () => timeZone,
        notifications: recorder,
        log: (event, facts) => life.isOver() || log.push(`${event} ${JSON.stringify(facts)}`),
      }),
    );
    worker = { hub: inLife(hub, life), life, store };
  }

  async function kill(): Promise<void> {
    const ended = worker;
    worker = null;
    ended?.life.end();
    for (const port of ports) port.disconnect();
    ports.clear();
    await ended?.store.close();
  }

  const fullHost: PanelHost = {
    admit: async () => true,
    openSurface: async () => {},
    focus: async () => {},
    readPassage: async () => null,
    ...NO_PAGE,
    openPage: async () => {},
    takeKeys: async () => {},
    closeOverlay: async () => {},
    resizeOverlay: async () => {},
    ...host,
  };

  start();
  return {
    get hub() {
      if (worker === null) throw new Error('the worker is not running');
      return worker.hub;
    },
    log,
    notifications: recorder,
    storeName,
    openPanel(surface = 'window') {
      const end = new AbortController();
      panels.add(end);
      const client = connectHub({
        surface,
        pass: null,
        signal: end.signal,
        open() {
          const [panelEnd, hubEnd] = portPair<PanelMessage, HubMessage>();
          ports.add(hubEnd);
          if (worker === null) queueMicrotask(() => hubEnd.disconnect());
          else worker.hub.attach(hubEnd, fullHost);
          return panelEnd;
        },
      });
      const until: TestPanel['until'] = (isTrue) =>
        new Promise((resolve) => {
          const check = (snapshot: PanelSnapshot) => {
            if (!isTrue(snapshot)) return;
            unsubscribe();
            resolve(snapshot);
          };
          const unsubscribe = client.subscribe(check);
          check(client.snapshot());
        });
      return {
        ...client,
        until,
        async untilView(isTrue) {
          const { view } = await until(({ view: shown }) => shown !== null && isTrue(shown));
          return view!;
        },
        close: () => end.abort(),
      };
    },
    kill,
    start,
    skip(milliseconds) {
      shift += milliseconds;
    },
    async stop() {
      for (const panel of panels) panel.abort();
      await worker?.hub.stop();
      await kill();
    },
  };
}

/** The hub with everything that is asked of it done as a part of its life. */
function inLife(hub: Hub, life: Life): Hub {
  return {
    attach: (port, host) =>
      life.run(() =>
        hub.attach(
          {
            ...port,
            onMessage: (listener) => port.onMessage(life.bind(listener)),
            onDisconnect: (listener) => port.onDisconnect(life.bind(listener)),
          },
          host,
        ),
      ),
    wake: () => life.run(hub.wake),
    openInvite: (token) => life.run(() => hub.openInvite(token)),
    tellErrand: () => life.run(hub.tellErrand),
    openChat: (chatId) => life.run(() => hub.openChat(chatId)),
    countShares: (pageHash) => life.run(() => hub.countShares(pageHash)),
    onShares: (listener) => life.run(() => hub.onShares(listener)),
    onUnread: (listener) => life.run(() => hub.onUnread(listener)),
    stop: () => life.run(hub.stop),
  };
}
