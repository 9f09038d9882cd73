import type { Backend } from '../data/backend.ts';
import { reconnectNow } from '../data/realtime.ts';
import { pokeReply, readReplies, readReply } from '../data/replies.ts';
import { readChats } from '../data/store/chats.ts';
import type { Store } from '../data/store/store.ts';
import type { HeardChange } from '../data/wire/changes.ts';
import type { ReadNews } from '../data/wire/presence.ts';
import type { ChatSummary, Message } from '../model/chat.ts';
import type { ChatEvent } from '../model/chat-view.ts';
import { mentionsAi } from '../model/mentions.ts';
import type { AppStateBox } from './app-state.ts';
import { type Blocked, createBlocked } from './blocked.ts';
import { type ChatActions, createChatActions } from './chat-actions.ts';
import { type ChatSettings, createChatSettings } from './chat-settings.ts';
import { createChats } from './chats.ts';
import type { ConnectionWatch } from './connection.ts';
import type { Notifications } from './deps.ts';
import { createFamily, type FamilyKeeper } from './family.ts';
import { createFiles, type Files } from './files.ts';
import { createNotifier, type Notifier, readTold } from './notifier.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createPagePresence, type PagePresence } from './page-presence.ts';
import { createPages, type Pages } from './pages.ts';
import { createPeople } from './people.ts';
import { createPresence, type Presence } from './presence.ts';
import { createQuietHours, type QuietHoursKeeper } from './quiet-hours.ts';
import { createReads } from './reads.ts';
import { createLiveReplies } from './replies.ts';
import { createSearch, type Search } from './search.ts';
import { createShares, type Shares } from './shares.ts';
import { createSweeper, type Sweeper } from './sweeper.ts';
import { createSync, type Sync } from './sync.ts';
import { callAfter } from './timers.ts';
import { createTopics } from './topics.ts';
import { createViewReader } from './view-reader.ts';
import { createViews, type Views } from './views.ts';
import { createWaiting, type WaitingList } from './waiting.ts';

/** All that runs while one person is signed in. It ends with its signal, and another person gets another one. */
export interface Workspace {
  readonly userId: string;
  readonly outbox: Outbox;
  readonly files: Files;
  readonly shares: Shares;
  readonly sync: Sync;
  readonly sweeper: Sweeper;
  readonly views: Views;
  readonly pages: Pages;
  readonly actions: ChatActions;
  readonly search: Search;
  readonly settings: ChatSettings;
  readonly presence: Presence;
  readonly pagePresence: PagePresence;
  readonly waiting: WaitingList;
  readonly notifier: Notifier;
  readonly quietHours: QuietHoursKeeper;
  readonly family: FamilyKeeper;
  readonly blocked: Blocked;
  /** Whether the chat is one of the person's, as far as known. */
  hasChat(chatId: string): boolean;
  /** The machine woke, the network came back, or an alarm rang: whatever waited is tried now. */
  wake(): void;
}

export interface WorkspaceDeps {
  readonly store: Store;
  readonly backend: Backend;
  readonly state: AppStateBox;
  readonly connection: ConnectionWatch;
  readonly notifications: Notifications;
  readonly userId: string;
  readonly signal: AbortSignal;
  now(): number;
  random(): number;
  timeZone(): string;
  isAttended(): boolean;
  /** Whether a panel that somebody can see shows the chat. */
  isInView(chatId: string): boolean;
  onFault(reason: unknown): void;
}

/** Right after the first join a server may still be getting ready to pass events on. */
const SECOND_LOOK = 3_000;
const LATE_LOOK = 500;
/** A little more than the server waits for somebody to go on. */
const CONSIDER_AFTER = 900;

/** Resolves when everything stored is loaded; the server is asked afterwards. */
export async function openWorkspace(deps: WorkspaceDeps): Promise<Workspace> {
  const { store, backend, state, connection, userId, signal, now, random, onFault } = deps;
  const people = createPeople({
    store,
    backend,
    signal,
    onFault,
    onLearn(news) {
      views.learn(news);
      chats.publish();
    },
  });
  const chats = createChats(state, people, signal);
  const reads = createReads({ backend, signal });

  const sync = createSync({
    ...{ store, backend, chats, userId, signal, onFault },
    muffle: (change) => blocked.muffle(change),
    onChanges(chatId, changes) {
      for (const change of changes) {
        const event = eventOf(change);
        if (event !== null) views.emit(chatId, event);
        if (change.kind === 'member' && change.member !== null) people.learn([change.member]);
        // How many wait is the list's word.
        if (change.kind === 'request') sweeper.soon();
      }
    },
    onCounted(chatId, changes) {
      notifier.hear(chatId, changes);
      if (!changes.some(({ kind }) => kind === 'purge')) return;
      // Nobody says which messages are gone: all are let go of, and what is there is read.
      views.emit(chatId, { name: 'piece', messages: [], hasOlder: true, hasNewer: false });
      sync.restart(chatId).catch(onFault);
      sweeper.soon();
    },
    onSummary: emitSummary,
    onRestart(chatId) {
      views.refresh(chatId);
      notifier.meet(chatId);
    },
    onGone(chatId) {
      outbox.drop(chatId);
      files.drop(chatId);
      shares.drop(chatId);
      pagePresence.drop(chatId);
      views.remove(chatId);
    },
    onSwept() {
      topics.update();
      views.settle();
      waiting.check();
      notifier.open();
      // The end of a reply may have been missed as well.
      for (const chatId of views.watched()) {
        if (views.get(chatId)?.replies.length) replies.reload(chatId).catch(() => {});
      }
    },
    onReadAhead: reads.tell,
    onStranger: () => sweeper.soon(),
  });
  const sweeper = createSweeper({
    ...{ sweep: sync.sweep, random, signal },
    isAttended: deps.isAttended,
    hears: () => state.get().connection === 'online',
  });

  const reader = createViewReader({
    ...{ store, backend, people, userId },
    summary: chats.get,
    outboxOf: (chatId) => outbox.entriesOf(chatId),
    filesOf: (chatId) => files.stagedOf(chatId),
    sharesOf: (chatId) => shares.stagedOf(chatId),
    whenCreated: (chatId) => actions.whenCreated(chatId),
  });
  const views = createViews({ reader, signal, summary: chats.get, onWatchedChange: () => topics.update(), onFault });
  const replies = createLiveReplies({
    ...{ views, userId, signal, onFault },
    readReply: (jobId) => readReply(backend, jobId),
    readReplies: (chatId) => readReplies(backend, chatId),
    pokeReply: (chatId) => pokeReply(backend, chatId),
    catchUp: sync.catchUp,
  });

  const files = createFiles({
    ...{ store, backend, userId, signal, now, random, onFault },
    emit: views.emit,
    isReady: (chatId) => !actions.isBeingCreated(chatId),
    onUploaded: () => outbox.flush(),
  });

  const shares = createShares({ store, userId, emit: views.emit, now });

  const outbox = createOutbox({
    files,
    shares,
    ...{ store, backend, userId, signal, random, onFault },
    emit: views.emit,
    isReady: (chatId) => !actions.isBeingCreated(chatId),
    onDelivered(message) {
      sync.hear({ kind: 'message', chatId: message.chatId, seq: message.seq, message });
      if (mayBeAnswered(message)) replies.poke(message.chatId, message.id);
      // Whether to say anything is considered a moment later, when nobody has gone on.
      else if (mayBeConsidered(message))
        callAfter(CONSIDER_AFTER, signal, () => replies.poke(message.chatId, message.id));
    },
  });
  const actions = createChatActions({
    ...{ backend, store, chats, sync, views, reads, userId, now, onFault },
    onCreated() {
      sweeper.now();
      files.flush();
      outbox.flush();
    },
  });

  const settings = createChatSettings({ backend, chats, sync, userId });
  const pagePresence = createPagePresence({
    ...{ backend, signal, now },
    isGroup: (chatId) => chats.get(chatId)?.kind === 'group',
    onMoved: () => presence.move(),
  });
  const presence = createPresence({ backend, views, pages: pagePresence, userId, signal, now });
  const family = createFamily({ backend, state, signal });
  const waiting = createWaiting({ ...{ backend, state, signal } });

  const quietHours = createQuietHours({ ...{ backend, store, state, userId, signal, now }, timeZone: deps.timeZone });
  const blocked = createBlocked({ backend, store, state, signal });
  const notifier = createNotifier({
    ...{ store, chats, people, userId, signal, onFault },
    notifications: deps.notifications,
    isBehind: sync.isBehind,
    // An answer of the AI alone is waited for where it was asked for.
    isInView: ({ id, kind }) => (kind === 'solo' ? views.isWatched(id) : deps.isInView(id)),
    isQuiet: quietHours.isNow,
    isBlocked: blocked.has,
  });
  signal.addEventListener(
    'abort',
    state.subscribe(({ chats: list }) => list !== undefined && notifier.review()),
  );

  const topics = createTopics({
    ...{ backend, userId, signal, random },
    chats: () => chats.all().filter(({ id }) => !actions.isBeingCreated(id)),
    isWatched: views.isWatched,
    user: {
      onState(joined) {
        connection.noteSocket(joined === 'joined' ? 'joined' : 'lost');
        if (joined !== 'joined') return sweeper.soon();
        quietHours.refresh();
        blocked.refresh();
        family.refresh();
        pagePresence.refresh();
      },
      onQuietHours: quietHours.refresh,
      onGuardian() {
        family.refresh();
        callAfter(LATE_LOOK, signal, family.refresh);
      },
      onBlocks() {
        blocked.refresh();
        sweeper.soon();
      },
      onPresence: presence.hear,
      onRead,
      onPagePresence: pagePresence.hear,
      onPagePresenceChoice: pagePresence.hearChoice,
      onLimit: ({ chatId, ...limit }) => views.emit(chatId, { name: 'limit', limit }),
      onMembership({ chatId, member }) {
        if (!member) sync.drop(chatId);
        else sweeper.now();
        waiting.refresh();
        // The event can be here before its transaction is visible to others.
        callAfter(LATE_LOOK, signal, () => {
          if (member) sweeper.now();
          waiting.refresh();
        });
      },
    },
    chat: (chatId) => ({
      onState(joined) {
        sweeper.soon();
        if (joined !== 'joined') return;
        replies.reload(chatId).catch(() => {});
        if (views.isWatched(chatId)) presence.load(chatId).catch(() => {});
      },
      onChange: sync.hear,
      onHint: sync.hearHint,
      onReply: replies.hear,
      onDelta: replies.hearDelta,
      onPresence: presence.hear,
      onRead,
    }),
  });

  function onRead({ chatId, userId: who, seq }: ReadNews): void {
    views.emit(chatId, { name: 'read', userId: who, seq });
  }

  function emitSummary(chat: ChatSummary): void {
    views.emit(chat.id, { name: 'summary', chat });
  }

  /** Whether the database queued an answer to an own message, as far as this side can tell; the event `reply` is the other word of it. */
  function mayBeAnswered({ chatId, body, target, replyTo }: Message): boolean {
    const chat = chats.get(chatId);
    return chat !== undefined && target !== 'people' && (chat.kind === 'solo' || replyTo !== null || mentionsAi(body));
  }

  function mayBeConsidered({ chatId, target }: Message): boolean {
    return target !== 'people' && chats.get(chatId)?.replyMode === 'automatic';
  }

  function tryAll(): void {
    sweeper.now();
    files.flush();
    outbox.flush();
    views.refreshStale();
  }

  const restoring = [people.load(), outbox.load(), quietHours.restore(), blocked.restore()];
  const [stored, told] = await Promise.all([readChats(store), readTold(store), ...restoring]);
  await files.load(new Set(outbox.allFiles().map(({ id }) => id)));
  await shares.load(new Set(outbox.allShares().map(({ id }) => id)));
  if (!signal.aborted) {
    sync.resume(stored);
    notifier.resume(stored, told);
    if (stored.length > 0) chats.markLoaded();
    connection.noteSocket('lost');
    connection.onBack(tryAll, signal);
    topics.update();
    tryAll();
    waiting.refresh();
    callAfter(SECOND_LOOK, signal, sweeper.now);
  }

  return {
    userId,
    outbox,
    files,
    shares,
    sync,
    sweeper,
    views,
    pages: createPages({ reader, views }),
    actions,
    search: createSearch({ backend, people }),
    settings,
    presence,
    pagePresence,
    waiting,
    notifier,
    quietHours,
    family,
    blocked,
    hasChat: (chatId) => chats.get(chatId) !== undefined,
    wake() {
      reconnectNow(backend).catch(onFault);
      tryAll();
    },
  };
}

/** What the views learn from a change; null for one that this version does not know. */
function eventOf(change: HeardChange): ChatEvent | null {
  switch (change.kind) {
    case 'message':
      return { name: 'message', message: change.message };
    case 'member':
      return { name: 'member', userId: change.userId, member: change.member };
    case 'chat':
      return { name: 'chat', chat: change.chat };
    case 'request':
      return { name: 'request', userId: change.userId, request: change.request };
    case 'purge':
    case 'unknown':
      return null;
  }
}
