import { createAuth } from '../data/auth.ts';
import { createBackend } from '../data/backend.ts';
import { toFailure } from '../model/failure.ts';
import type { AppState } from '../model/protocol.ts';
import { createAppState } from './app-state.ts';
import { createAvatars } from './avatars.ts';
import { watchConnection } from './connection.ts';
import type { HubDeps, PanelHost } from './deps.ts';
import { createIntents } from './intents.ts';
import { findPage } from './page-lookup.ts';
import { panelFor } from './panel-for.ts';
import { type PanelPort, servePanel } from './port-server.ts';
import { createHandlers, type Panel } from './request-handlers.ts';
import { createSession } from './session.ts';
import { latestShares, wantsAttention } from './summary.ts';
import { backoff } from './timers.ts';
import { createTokens } from './tokens.ts';
import { openWorkspace } from './workspace.ts';

/**
 * The hub: one per browser, the only holder of session, socket, outbox and store. Panels come and go over ports; the hub itself
 * may be ended at any moment, and a new one on the same store goes on where it was.
 */
export interface Hub {
  /** Serves a panel until its port breaks. `host` is what the browser vouches for and can do about this very panel. */
  attach(port: PanelPort, host: PanelHost): void;
  /** To be called by an alarm (every half minute is plenty), and when the machine wakes. */
  wake(): void;
  /** An invite link was opened: panels show its preview, now or as soon as there is one. */
  openInvite(token: string): Promise<void>;
  /**
   * A chat's notification was clicked: brings the panel that suits best before its person's eyes, with that chat. False when
   * there is none; one that opens now opens on the chat.
   */
  openChat(chatId: string): Promise<boolean>;
  /** A person wants something of a panel that is open: each is told to look whether it is meant. */
  tellErrand(): void;
  /** How often the page of this hash was shared in this person's chats; 0 while nobody is signed in. Fails as requests do. */
  countShares(pageHash: string): Promise<number>;
  /** Calls when `countShares` may say something else: somebody shared a page, or somebody else is signed in. */
  onShares(listener: () => void): void;
  /** Calls with the number of chats with unread messages that their person wants to hear of, as soon as it is known and at each change. */
  onUnread(listener: (chats: number) => void): void;
  /** Ends everything that runs; what is stored stays. Nothing of this hub may be used afterwards. */
  stop(): Promise<void>;
}

/**
 * What the background entrypoint passes: `config` from the build, `store` from `openStore('sideroom')`, `now: Date.now`,
 * `random: Math.random`, and `online` from `navigator.onLine` with the global events `online` and `offline`. It attaches every
 * port that `readPortName` knows with a host made of that port's sender, and calls `wake` on its alarm. Listeners must be registered in the
 * worker's first turn, so the hub is made there; nothing here waits before it can be attached to.
 */
export function createHub(deps: HubDeps): Hub {
  const { config, store, now, random, online, notifications, timeZone, log = () => {} } = deps;
  const end = new AbortController();
  const { signal } = end;
  let ports = 0;
  const panels = new Set<Panel>();

  const onFault = (reason: unknown) => {
    if (!signal.aborted) log('fault', { detail: toFailure(reason).detail ?? toFailure(reason).code });
  };
  const state = createAppState({
    session: { name: 'starting' },
    connection: 'connecting',
    chats: [],
    chatsLoaded: false,
    people: {},
    intent: null,
    waiting: [],
    blocked: [],
    quietHours: null,
    family: null,
    mailUrl: config.mailUrl,
  });
  const connection = watchConnection(state, online, signal);
  const reach = {
    url: config.supabaseUrl,
    publishableKey: config.publishableKey,
    signal,
    onReach: connection.noteReach,
  };
  const auth = createAuth(reach);
  const tokens = createTokens({
    ...{ store, auth, signal, now, random },
    onRevoked: () => session.expire(),
    onRenewed: () => void backend.presentToken().catch(onFault),
  });
  const isAttended = () => ports > 0;
  const backend = createBackend({
    ...reach,
    tokens,
    reconnectDelay: (tries) => backoff(tries, random, isAttended() ? 2_000 : 10_000),
  });
  const intents = createIntents(store, state);
  const session = createSession({
    ...{ auth, backend, store, tokens, state, connection, signal, onFault },
    openWorkspace: (userId, ends) =>
      openWorkspace({
        ...{ store, backend, state, connection, notifications, userId, now, random, timeZone, isAttended, onFault },
        signal: ends,
        isInView: (chatId) => [...panels].some((panel) => panel.visible && panel.chatId === chatId),
      }),
    onEntered({ views }) {
      // Panels that were there before go on with what they show.
      for (const panel of panels) if (panel.chatId !== null) views.watch(panel, panel.chatId);
    },
    onLeft() {
      notifications.clearAll();
      intents.rememberChat(null).catch(onFault);
    },
  });
  const avatars = createAvatars({ store, backend, now });
  const handlers = createHandlers({ config, store, auth, backend, session, avatars, intents, now });
  const restored = Promise.all([session.restore(), intents.restore()]);
  restored.catch(onFault);

  /** Calls with what is picked of the state, as soon as it is known and at each change of it. */
  function watchState<T extends string | number>(pick: (app: AppState) => T, listener: (picked: T) => void): void {
    let last: T | null = null;
    const tell = () => {
      const picked = pick(state.get());
      if (picked === last) return;
      last = picked;
      listener(picked);
    };
    restored.then(() => {
      state.subscribe(tell);
      tell();
    }, onFault);
  }

  return {
    attach(port, host) {
      servePanel(port, host, {
        ...{ state, handlers, restored, log },
        firstChat() {
          const chatId = intents.lastChat();
          return chatId !== null && session.present()?.hasChat(chatId) ? chatId : null;
        },
        onCome() {
          ports++;
        },
        onAdmitted: (panel) => panels.add(panel),
        onGone(panel) {
          ports--;
          if (panel === null) return;
          panels.delete(panel);
          session.present()?.views.watch(panel, null);
          session.present()?.presence.attend(panel, { chatId: null, typing: false });
        },
      });
    },

    wake() {
      tokens.current().catch(() => {});
      session.retry();
      session.present()?.wake();
    },

    openInvite: intents.open,

    async openChat(chatId) {
      await restored;
      await intents.rememberChat(chatId);
      const panel = panelFor(chatId, panels);
      panel?.post({ type: 'show-chat', chatId });
      await panel?.host.focus();
      return panel !== null;
    },

    tellErrand() {
      for (const panel of panels) panel.post({ type: 'errand' });
    },

    async countShares(pageHash) {
      if (session.present() === null) return 0;
      const found = await findPage(backend, pageHash);
      return found.reduce((sum, { count }) => sum + count, 0);
    },

    onShares: (listener) => watchState(({ session: { name }, chats }) => `${name} ${latestShares(chats)}`, listener),

    onUnread: (listener) => watchState(({ chats }) => chats.filter(wantsAttention).length, listener),

    async stop() {
      end.abort();
      await restored.catch(() => {});
      await store.close();
    },
  };
}
