import type { ChatSummary, Message, Person } from '../model/chat.ts';
import { applyEvent, type ChatEvent, type ChatView } from '../model/chat-view.ts';
import { toFailure } from '../model/failure.ts';
import type { HubMessage } from '../model/protocol.ts';
import { peopleOf } from './people.ts';
import type { ViewReader } from './view-reader.ts';

/** One panel, as far as chats are concerned. */
export interface Watcher {
  post(message: HubMessage): void;
}

/** The chats that panels show. All panels on one chat have the same view, because it is folded here by the function they use. */
export interface Views {
  /**
   * From now on the watcher shows this chat and gets its view, at once as stored and again as read. One that is not on the list
   * may be younger than the list: it waits for the next. Null: none.
   */
  watch(watcher: Watcher, chatId: string | null): void;
  isWatched(chatId: string): boolean;
  watched(): readonly string[];
  /** The view as the panels have it; null when nobody watches it or it is not loaded yet. */
  get(chatId: string): ChatView | null;
  emit(chatId: string, event: ChatEvent): void;
  /** What stands in the composer, for panels that come to this chat later; those that are there have it. */
  noteDraft(chatId: string, text: string): void;
  /** Faces that were not known before. */
  learn(people: readonly Person[]): void;
  /** Reads a watched chat from the server again. */
  refresh(chatId: string): void;
  /** Reads those again that could not be read before. */
  refreshStale(): void;
  /** The list was read: chats that were waited for are on it, or are not the person's. */
  settle(): void;
  /** Runs a reading of a watched chat, and says which of its messages were heard meanwhile. */
  listenWhile<T>(chatId: string, reading: () => Promise<T>): Promise<{ value: T; heard: readonly Message[] }>;
  /** Tells those who watch it that the chat is not theirs any more. */
  remove(chatId: string): void;
}

interface Entry {
  readonly watchers: Set<Watcher>;
  view: ChatView | null;
  /** Whether the server's word could not be had yet. */
  stale: boolean;
  /** What happened since the oldest reading began whose result is not in yet: it is newer than that result. */
  since: ChatEvent[];
  reading: number;
  /** The reading begun last; results of earlier ones come too late. */
  turn: number;
  /** The draft as last heard; null: as stored. */
  draft: string | null;
}

interface Reading {
  readonly view: ChatView | null;
  take(entry: Entry, view: ChatView): void;
}

interface Deps {
  readonly reader: ViewReader;
  readonly signal: AbortSignal;
  summary(chatId: string): ChatSummary | undefined;
  onWatchedChange(): void;
  onFault(reason: unknown): void;
}

export function createViews({ reader, signal, summary, onWatchedChange, onFault }: Deps): Views {
  const entries = new Map<string, Entry>();

  function watch(watcher: Watcher, chatId: string | null): void {
    for (const [id, { watchers }] of entries)
      if (watchers.delete(watcher) && watchers.size === 0 && id !== chatId) entries.delete(id);
    if (chatId === null) return;
    const entry = entries.get(chatId) ?? open(chatId);
    entry.watchers.add(watcher);
    if (entry.view !== null) watcher.post({ type: 'chat', view: entry.view });
  }

  function open(chatId: string): Entry {
    const entry: Entry = { watchers: new Set(), view: null, stale: false, since: [], reading: 0, turn: 0, draft: null };
    entries.set(chatId, entry);
    onWatchedChange();
    load(chatId, entry).catch(onFault);
    return entry;
  }

  async function load(chatId: string, entry: Entry): Promise<void> {
    const stored = async () => {
      const { view, usable } = await reader.readStored(chatId);
      // Without a single stored message an empty chat would flash by: wait for the server's word.
      return { view, take: usable ? show : keepQuiet };
    };
    await collect(chatId, entry, stored);
    await read(chatId, entry);
  }

  async function read(chatId: string, entry: Entry): Promise<void> {
    const remote = async () => ({ view: entry.view && (await reader.readRemote(entry.view)), take: show });
    try {
      await collect(chatId, entry, remote);
      entry.stale = false;
      if (entry.view !== null && isLive(chatId, entry)) await reader.keep(entry.view);
    } catch (reason) {
      if (toFailure(reason).kind === 'unknown') onFault(reason);
      entry.stale = true;
      if (entry.view !== null && isLive(chatId, entry)) show(entry, entry.view);
    }
  }

  /** Reads a view and takes it over with all that happened meanwhile folded in. */
  async function collect(chatId: string, entry: Entry, reading: () => Promise<Reading>): Promise<void> {
    const turn = ++entry.turn;
    await during(entry, async (since) => {
      const { view, take } = await reading();
      if (view === null || turn !== entry.turn || !isLive(chatId, entry)) return;
      const draft = entry.draft ?? view.draft;
      take(entry, since().reduce(applyEvent, { ...view, draft }));
    });
  }

  /** Keeps what happens to a chat while it is read; `since` gives that, so far. */
  async function during<T>(entry: Entry, reading: (since: () => readonly ChatEvent[]) => Promise<T>): Promise<T> {
    entry.reading++;
    const from = entry.since.length;
    try {
      return await reading(() => entry.since.slice(from));
    } finally {
      entry.reading--;
      if (entry.reading === 0) entry.since = [];
    }
  }

  function keepQuiet(entry: Entry, view: ChatView): void {
    entry.view = view;
  }

  function show(entry: Entry, view: ChatView): void {
    entry.view = view;
    for (const watcher of entry.watchers) watcher.post({ type: 'chat', view });
  }

  function isLive(chatId: string, entry: Entry): boolean {
    return !signal.aborted && entries.get(chatId) === entry;
  }

  function emit(chatId: string, event: ChatEvent): void {
    const entry = entries.get(chatId);
    if (entry === undefined) return;
    if (entry.reading > 0) entry.since.push(event);
    if (entry.view === null) return;
    const view = applyEvent(entry.view, event);
    if (view === entry.view) return;
    entry.view = view;
    for (const watcher of entry.watchers) watcher.post({ type: 'event', chatId, event });
  }

  function remove(chatId: string): void {
    const entry = entries.get(chatId);
    entries.delete(chatId);
    for (const watcher of entry?.watchers ?? []) watcher.post({ type: 'chat-gone', chatId });
  }

  return {
    watch,
    isWatched: (chatId) => entries.has(chatId),
    watched: () => [...entries.keys()],
    get: (chatId) => entries.get(chatId)?.view ?? null,
    emit,
    noteDraft(chatId, draft) {
      const entry = entries.get(chatId);
      if (entry === undefined) return;
      entry.draft = draft;
      if (entry.view !== null) entry.view = { ...entry.view, draft };
    },
    learn(people) {
      for (const [chatId, { view }] of entries) {
        const shown = new Set(
          view === null ? [] : [...view.members.map(({ id }) => id), ...view.messages.flatMap(peopleOf)],
        );
        const news = people.filter(({ id }) => shown.has(id));
        if (news.length > 0) emit(chatId, { name: 'people', people: news });
      }
    },
    refresh(chatId) {
      const entry = entries.get(chatId);
      if (entry !== undefined && entry.view !== null) void read(chatId, entry);
    },
    refreshStale() {
      for (const [chatId, entry] of entries) if (entry.stale) void read(chatId, entry);
    },
    settle() {
      for (const [chatId, entry] of entries) {
        if (summary(chatId) === undefined) remove(chatId);
        else if (entry.view === null && entry.reading === 0) load(chatId, entry).catch(onFault);
      }
    },
    async listenWhile(chatId, reading) {
      const entry = entries.get(chatId);
      if (entry === undefined) return { value: await reading(), heard: [] };
      return during(entry, async (since) => {
        const value = await reading();
        return { value, heard: since().flatMap((event) => (event.name === 'message' ? [event.message] : [])) };
      });
    },
    remove,
  };
}
