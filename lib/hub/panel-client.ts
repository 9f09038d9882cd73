import type { MessageTarget } from '../model/chat.ts';
import { applyEvent, type ChatEvent, type ChatView } from '../model/chat-view.ts';
import { toFailure } from '../model/failure.ts';
import type { FileFacts } from '../model/files.ts';
import type { OutboxEntry } from '../model/outbox.ts';
import type { AppState, HubMessage, Params, RequestName, Result, Surface } from '../model/protocol.ts';
import type { PageNews, Share } from '../model/share.ts';
import { type HubPort, openLine } from './panel-line.ts';
import { createPanelPages, type PanelPages, takeView, unreadBefore } from './panel-pages.ts';
import { createReact, type React } from './panel-reactions.ts';

/** What a panel knows at one moment. A new object with every change; parts that did not change stay the same objects. */
export interface PanelSnapshot {
  /** `connecting`: the hub has not answered yet, or is being reached again; what was known before stays shown. */
  readonly status: 'connecting' | 'ready' | 'refused';
  /** Null until the first welcome. */
  readonly app: AppState | null;
  /** The chat that this panel wants to show. */
  readonly chatId: string | null;
  /** Null while no chat is wanted or its view has not come yet. */
  readonly view: ChatView | null;
  /** Ids of those in the chat who have the page beside this panel open too. */
  readonly onPage: readonly string[];
}

export interface OutgoingMessage {
  readonly id: string;
  readonly chatId: string;
  readonly body: string;
  readonly target: MessageTarget;
  /** The message that it answers to. */
  readonly replyTo: string | null;
  /** Files in the composer, in order. */
  readonly files: readonly FileFacts[];
  /** Page shares in the composer, in order. */
  readonly shares?: readonly Share[];
}

export interface HubClient extends PanelPages {
  snapshot(): PanelSnapshot;
  /** Calls with every new snapshot; returns what ends it. */
  subscribe(listener: (snapshot: PanelSnapshot) => void): () => void;
  /** Rejects with a FailureError for what is expected. While the hub is away it waits, and is repeated when it is back. */
  request<N extends RequestName>(name: N, params: Params<N>): Promise<Result<N>>;
  /** Says whether somebody can see the panel. Until then nobody can. */
  setVisible(visible: boolean): void;
  /** Shows another chat, or none. */
  watch(chatId: string | null): void;
  /** Shows a chat where this seq is; one that is not shown yet opens at its end when that piece cannot be read. */
  watchAt(chatId: string, seq: number): Promise<void>;
  /** The message is in the view when this returns. If the hub refuses it, it stays there as failed. */
  send(message: OutgoingMessage): void;
  readonly react: React;
  /** Sends a failed message again. */
  resend(id: string): Promise<void>;
  /** Takes back a message that is not sent yet. */
  discard(id: string): Promise<void>;
}

export interface ConnectOptions {
  open(): HubPort;
  readonly surface: Surface;
  readonly pass: string | null;
  /** Ends the connection; unanswered requests are rejected with its reason. */
  readonly signal: AbortSignal;
  /** The watched chat stopped being this person's. */
  onChatGone?(chatId: string): void;
  /** Another chat was opened from elsewhere: it is to be seen. */
  onShowChat?(): void;
  /** There may be an errand for this panel; also said once when it opens. */
  onErrand?(): void;
  /** Something became of the page beside this panel. */
  onPage?(news: PageNews): void;
  now?(): Date;
}

/** Connects a panel to its hub and keeps it connected. */
export function connectHub({
  open,
  surface,
  pass,
  signal,
  onChatGone,
  onShowChat,
  onErrand,
  onPage,
  now = () => new Date(),
}: ConnectOptions): HubClient {
  let snapshot: PanelSnapshot = { status: 'connecting', app: null, chatId: null, view: null, onPage: [] };
  let chosen = false;
  let lastUser: string | null = null;
  const listeners = new Set<(snapshot: PanelSnapshot) => void>();
  /** The view of a chat that is shown as soon as the piece is there at which it opens. */
  let opening: ChatView | null = null;
  /** Where the chat that is being opened is wanted to be opened. */
  let aim: number | null = null;
  /** Not known to be stored by the hub: a fresh view may lack them. */
  const unstored = new Map<string, OutboxEntry>();
  const line = openLine({
    open,
    hello: { type: 'hello', surface, pass },
    signal,
    onMessage: receive,
    onBroken: () => update({ status: 'connecting' }),
  });

  const pages = createPanelPages({ line, view: () => snapshot.view, fold });
  const react = createReact({ line, view: () => snapshot.view, fold });

  function update(change: Partial<PanelSnapshot>): void {
    snapshot = { ...snapshot, ...change };
    for (const listener of listeners) listener(snapshot);
  }

  function receive(message: Exclude<HubMessage, { type: 'response' }>): void {
    switch (message.type) {
      case 'welcome':
        forgetOthers(message.state);
        // A hub that is back knows nobody on the page yet.
        update({ status: 'ready', app: message.state, onPage: [] });
        if (!chosen && message.chatId !== null) watch(message.chatId);
        onErrand?.();
        return;
      case 'refused':
        return update({ status: 'refused', app: null, chatId: null, view: null, onPage: [] });
      case 'state':
        if (snapshot.app === null) return;
        forgetOthers({ ...snapshot.app, ...message.state });
        update({ app: { ...snapshot.app, ...message.state } });
        return;
      case 'chat':
        if (message.view.chat.id === snapshot.chatId) take(message.view);
        return;
      case 'event':
        return fold(message.chatId, message.event);
      case 'on-page':
        if (message.chatId === snapshot.chatId) update({ onPage: message.people });
        return;
      case 'errand':
        return onErrand?.();
      case 'page':
        return onPage?.(message.news);
      case 'show-chat':
        watch(message.chatId);
        onShowChat?.();
        return;
      case 'chat-gone':
        if (message.chatId !== snapshot.chatId) return;
        watch(null);
        onChatGone?.(message.chatId);
    }
  }

  /** When somebody else signs in, nothing of the person before is left to be seen. */
  function forgetOthers(next: AppState): void {
    const userId = userOf(next);
    if (userId === null) return;
    if (lastUser !== null && lastUser !== userId) {
      unstored.clear();
      watch(null);
    }
    lastUser = userId;
  }

  function watch(chatId: string | null): void {
    if (chosen && chatId === snapshot.chatId) return;
    chosen = true;
    opening = null;
    aim = null;
    update({ chatId, view: null, onPage: [] });
    line.watch(chatId);
  }

  function fold(chatId: string, event: ChatEvent): void {
    if (opening?.chat.id === chatId) opening = applyEvent(opening, event);
    if (snapshot.view?.chat.id !== chatId) return;
    const view = applyEvent(snapshot.view, event);
    if (view !== snapshot.view) update({ view });
  }

  function take(sent: ChatView): void {
    const shown = snapshot.view;
    const seq = shown === null ? (aim ?? unreadBefore(sent)) : null;
    if (seq !== null) return openAt(sent, seq);
    opening = null;
    update({ view: withUnstored(takeView(shown, sent)) });
    // Away from the end nothing tells what was missed while the hub was away: that piece is read again.
    if (shown?.hasNewer) pages.showAround(shown.messages.at(-1)?.seq ?? null).catch(() => {});
  }

  /** Opens a chat where its unread messages begin, further up than its view reaches. */
  function openAt(sent: ChatView, seq: number): void {
    const isUnderWay = opening?.chat.id === sent.chat.id;
    opening = sent;
    if (isUnderWay) return;
    const open = (piece: Partial<ChatView>) => {
      if (opening?.chat.id !== sent.chat.id || snapshot.chatId !== sent.chat.id) return;
      const view = withUnstored({ ...opening, ...piece });
      opening = null;
      aim = null;
      update({ view });
    };
    line.request('loadAround', { chatId: sent.chat.id, seq }).then(
      (piece) => open({ ...piece, follows: false }),
      () => open({}),
    );
  }

  function withUnstored(view: ChatView): ChatView {
    const entries = [...unstored.values()].filter((entry) => entry.chatId === view.chat.id);
    return entries.reduce((next, entry) => applyEvent(next, { name: 'outbox', entry }), view);
  }

  function show(entry: OutboxEntry): void {
    unstored.set(entry.id, entry);
    fold(entry.chatId, { name: 'outbox', entry });
  }

  function send({ id, chatId, body, target, replyTo, files, shares = [] }: OutgoingMessage): void {
    const entry: OutboxEntry = {
      ...{ id, chatId, body, target, replyTo, files, shares },
      createdAt: now().toISOString(),
      state: { name: 'pending', attempts: 0 },
    };
    show(entry);
    for (const file of files) fold(chatId, { name: 'file-removed', id: file.id });
    for (const share of shares) fold(chatId, { name: 'share-removed', id: share.id });
    const fileIds = files.map((file) => file.id);
    const shareIds = shares.map((share) => share.id);
    line.request('send', { id, chatId, body, target, replyTo, fileIds, shareIds }).then(
      () => unstored.delete(id),
      (reason: unknown) => {
        if (!signal.aborted) show({ ...entry, state: { name: 'failed', failure: toFailure(reason) } });
      },
    );
  }

  signal.addEventListener('abort', () => listeners.clear());

  return {
    ...pages,
    snapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    request: line.request,
    setVisible: line.setVisible,
    watch,
    async watchAt(chatId, seq) {
      const isShown =
        snapshot.view?.chat.id === chatId && snapshot.view.messages.some((message) => message.seq === seq);
      if (isShown) return;
      if (snapshot.chatId === chatId && snapshot.view !== null) return pages.showAround(seq);
      watch(chatId);
      aim = seq;
    },
    send,
    react,
    async resend(id) {
      const refused = unstored.get(id);
      if (refused === undefined) await line.request('resend', { id });
      else send(refused);
    },
    async discard(id) {
      const refused = unstored.get(id);
      unstored.delete(id);
      if (refused?.state.name === 'failed') fold(refused.chatId, { name: 'outbox-removed', id });
      else await line.request('discard', { id });
    },
  };
}

/** Whose state this is; null while nobody is signed in. */
export function userOf({ session }: AppState): string | null {
  if (session.name === 'signed-in') return session.me.id;
  return session.name === 'needs-profile' ? session.userId : null;
}
