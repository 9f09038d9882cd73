import { readFact, writeFact } from '../data/store/facts.ts';
import { readMessagesAfter } from '../data/store/messages.ts';
import type { ShownNotification, StoredChat, StoredTold } from '../data/store/schema.ts';
import type { Store } from '../data/store/store.ts';
import type { HeardChange } from '../data/wire/changes.ts';
import { type ChatSummary, type Message, titleOf } from '../model/chat.ts';
import type { Chats } from './chats.ts';
import type { ChatNotification, Notifications } from './deps.ts';
import { countWords, messageWords, summaryWords } from './notification-words.ts';
import { isTold, worthTelling } from './notify-rules.ts';
import type { People } from './people.ts';
import { wantsAttention } from './summary.ts';
import { coalesce } from './timers.ts';

/**
 * Tells a person of what is written while they look elsewhere: once, whatever is heard twice and whenever the worker ends. A chat
 * has one notification at most, which goes when the chat is read, anywhere.
 *
 * How far a chat was told is stored before its notification is shown. So a worker that is ended in between has told too little
 * rather than twice: the toolbar's button counts on.
 */
export interface Notifier {
  /** Goes on from what the store holds; what it holds beyond what was told is told too. Nothing is shown before `open`. */
  resume(chats: readonly StoredChat[], told: Told): void;
  /** What was read elsewhere is known by now. */
  open(): void;
  /** Changes of a chat that its line on the list counts already. */
  hear(chatId: string, changes: readonly HeardChange[]): void;
  /** The chat is known from the list only: it is new, or too much was missed to be heard. */
  meet(chatId: string): void;
  /** The chat is in view now. */
  see(chatId: string): void;
  /** The list changed: what was read, muted, put away or left needs no notification. */
  review(): void;
}

export type Told = Readonly<Record<string, StoredTold>>;

interface Deps {
  readonly store: Store;
  readonly chats: Chats;
  readonly people: People;
  readonly notifications: Notifications;
  readonly userId: string;
  readonly signal: AbortSignal;
  /** Whether changes of the chat are known to be still to come. */
  isBehind(chatId: string): boolean;
  isInView(chat: ChatSummary): boolean;
  isQuiet(): boolean;
  isBlocked(userId: string | null): boolean;
  onFault(reason: unknown): void;
}

/** What was heard of a chat and not considered yet. */
interface Heard {
  /** By seq, each as it is now. */
  readonly messages: Map<number, Message>;
  /** Whether more was missed than was heard. */
  missed: boolean;
}

/** More than these are not looked at one by one. */
const LIMIT = 100;

export function readTold(store: Store): Promise<Told> {
  return readFact(store, 'told').then((told) => told ?? {});
}

export function createNotifier(deps: Deps): Notifier {
  const { store, chats, people, notifications, userId, signal, onFault } = deps;
  const told = new Map<string, StoredTold>();
  const heard = new Map<string, Heard>();
  let resumed: Promise<unknown> = Promise.resolve();
  let isOpen = false;

  const tell = coalesce(async () => {
    if (!isOpen || signal.aborted) return;
    const ready = [...heard.keys()].filter((chatId) => !deps.isBehind(chatId));
    if (ready.length === 0) return;
    const due = ready.flatMap(consider);
    await save();
    if (signal.aborted) return;
    for (const { notification, shown } of due) {
      // Meanwhile it may have been read.
      if (told.get(notification.chatId)?.shown === shown) notifications.show(notification);
    }
  });
  const tellSoon = () => void tell().catch(onFault);

  /** Settles what was heard of a chat; what is to be shown of it, if anything. */
  function consider(chatId: string): { notification: ChatNotification; shown: ShownNotification }[] {
    const { messages, missed } = heardOf(chatId);
    heard.delete(chatId);
    const chat = chats.get(chatId);
    if (chat === undefined) return [];
    const before = told.get(chatId)?.seq ?? 0;
    const fresh = [...messages.values()].filter(({ seq }) => seq > before);
    const found = missed
      ? summaryOf(chat)
      : newsOf(
          chat,
          worthTelling(
            fresh.filter(({ authorId }) => !deps.isBlocked(authorId)),
            chat,
            userId,
          ),
        );
    const isWanted = found !== null && !deps.isInView(chat) && !deps.isQuiet();
    const shown = isWanted ? found.shown : (told.get(chatId)?.shown ?? null);
    told.set(chatId, { seq: Math.max(before, missed ? chat.lastSeq : 0, ...messages.keys()), shown });
    return isWanted ? [found] : [];
  }

  function newsOf(chat: ChatSummary, messages: readonly Message[]) {
    const last = messages.at(-1);
    if (last === undefined) return null;
    const isOne = messages.length === 1;
    const text = isOne ? messageWords(last, people.get(last.authorId ?? '')) : countWords(messages.length, chat);
    return found(chat, text, { seq: last.seq, messageId: isOne ? last.id : null });
  }

  function summaryOf(chat: ChatSummary) {
    return wantsAttention(chat) ? found(chat, summaryWords(chat), { seq: chat.lastSeq, messageId: null }) : null;
  }

  function found({ id, kind, title }: ChatSummary, text: string, shown: ShownNotification) {
    return { notification: { chatId: id, title: titleOf({ kind, title }), text }, shown };
  }

  function heardOf(chatId: string): Heard {
    const known = heard.get(chatId) ?? { messages: new Map(), missed: false };
    heard.set(chatId, known);
    return known;
  }

  /** Takes the chat's notification away, if there is one. */
  function withdraw(chatId: string): void {
    const entry = told.get(chatId);
    if (entry === undefined || entry.shown === null) return;
    told.set(chatId, { ...entry, shown: null });
    notifications.clear(chatId);
    saveSoon();
  }

  function save(): Promise<void> {
    return writeFact(store, 'told', Object.fromEntries(told));
  }

  function saveSoon(): void {
    if (!signal.aborted) save().catch(onFault);
  }

  /** Messages that were stored, but not told before the last worker ended. */
  async function recall({ id, cursor, summary }: StoredChat): Promise<void> {
    const afterSeq = Math.max(told.get(id)?.seq ?? 0, summary.lastReadSeq);
    if (summary.unread === 0 || cursor <= afterSeq) return;
    const { messages } = await readMessagesAfter(store, id, { afterSeq, upTo: cursor, limit: LIMIT });
    const known = heardOf(id).messages;
    // What was heard since is newer.
    for (const message of messages) if (!known.has(message.seq)) known.set(message.seq, message);
  }

  return {
    resume(stored, before) {
      for (const { id, cursor } of stored) told.set(id, before[id] ?? { seq: cursor, shown: null });
      if (stored.some(({ id }) => before[id] === undefined)) saveSoon();
      resumed = Promise.all(stored.map(recall)).catch(onFault);
    },
    open() {
      if (isOpen) return tellSoon();
      void resumed.then(() => {
        isOpen = true;
        tellSoon();
      });
    },
    hear(chatId, changes) {
      for (const change of changes) {
        if (change.kind !== 'message') continue;
        const { message } = change;
        heardOf(chatId).messages.set(message.seq, message);
        if (message.deletedAt !== null && told.get(chatId)?.shown?.messageId === message.id) withdraw(chatId);
      }
      if (heard.has(chatId)) tellSoon();
    },
    meet(chatId) {
      const chat = chats.get(chatId);
      if (chat === undefined) return;
      if (told.has(chatId)) {
        heardOf(chatId).missed = true;
        tellSoon();
      } else {
        told.set(chatId, { seq: chat.lastSeq, shown: null });
        saveSoon();
      }
    },
    see: withdraw,
    review() {
      for (const [chatId, { shown }] of told) {
        const chat = chats.get(chatId);
        if (chat === undefined || (shown !== null && isTold(chat, shown.seq))) withdraw(chatId);
        if (chat === undefined) told.delete(chatId);
      }
    },
  };
}
