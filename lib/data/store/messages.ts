import type { ChatSummary, Message } from '../../model/chat.ts';
import type { ChatView } from '../../model/chat-view.ts';
import type { HeardChange } from '../wire/changes.ts';
import { membersOf, messagesBetween, messagesOf } from './ranges.ts';
import type { StoredChat } from './schema.ts';
import type { Store } from './store.ts';

/** How many messages of a chat are kept; a quarter more before any are dropped, so that not every message drops one. */
const KEPT = 500;
const SLACK = 125;

/** The latest stored messages of a chat before a seq (or of all), ascending; none from below the chat's floor. */
export function readMessages(
  store: Store,
  chatId: string,
  { beforeSeq, limit }: { beforeSeq?: number; limit: number },
): Promise<Message[]> {
  return store.read(['messages'], async (transaction) => {
    const messages = transaction.objectStore('messages');
    const keys = await messages.getAllKeys(messagesOf(chatId, beforeSeq));
    const first = keys.at(-limit) ?? keys[0];
    const last = keys.at(-1);
    return first === undefined || last === undefined
      ? []
      : (await messages.getAll(IDBKeyRange.bound(first, last))).map(complete);
  });
}

/**
 * The first stored messages of a chat after a seq, ascending, none behind `upTo`: past the cursor there may be holes. `hasNewer`:
 * there are more up to there.
 */
export function readMessagesAfter(
  store: Store,
  chatId: string,
  { afterSeq, upTo, limit }: { afterSeq: number; upTo: number; limit: number },
): Promise<{ messages: Message[]; hasNewer: boolean }> {
  return store.read(['messages'], async (transaction) => {
    // No range begins and ends at the same place without holding it.
    if (afterSeq >= upTo) return { messages: [], hasNewer: false };
    const messages = await transaction
      .objectStore('messages')
      .getAll(messagesBetween(chatId, afterSeq, upTo), limit + 1);
    return { messages: messages.slice(0, limit).map(complete), hasNewer: messages.length > limit };
  });
}

/** A stored message with what an earlier version did not know of. */
export function complete(message: Message): Message {
  return { ...message, sources: message.sources ?? [], shares: message.shares ?? [] };
}

export interface Continuation {
  readonly chatId: string;
  /** The cursor that these changes continue. */
  readonly from: number;
  readonly to: number;
  readonly changes: readonly HeardChange[];
  /** As it is after them. */
  readonly summary: ChatSummary;
}

/**
 * Stores changes together with the cursor that counts them. Where the stored cursor is not the one that they continue (an
 * earlier write failed), nothing is stored. Resolves with the cursor that the store has then; null when the chat is gone.
 */
export function writeChanges(
  store: Store,
  { chatId, from, to, changes, summary }: Continuation,
): Promise<number | null> {
  return store.write(['chats', 'messages', 'members', 'people'], async (transaction) => {
    const chats = transaction.objectStore('chats');
    const chat = await chats.get(chatId);
    if (chat === undefined) return null;
    if (chat.cursor !== from) return chat.cursor;
    const messages = transaction.objectStore('messages');
    const members = transaction.objectStore('members');
    for (const change of changes) {
      if (change.kind === 'message') {
        // An old message that changed is not kept if its neighbours are not.
        if (change.message.seq >= chat.floor) await messages.put(change.message);
      } else if (change.kind === 'member') {
        if (change.member === null) await members.delete([chatId, change.userId]);
        else await members.put({ ...change.member, chatId });
      }
    }
    const surplus = (await messages.count(messagesOf(chatId))) - KEPT;
    let { floor } = chat;
    if (surplus > SLACK) {
      const keys = await messages.getAllKeys(messagesOf(chatId));
      floor = keys[surplus]?.[1] ?? floor;
      await messages.delete(messagesOf(chatId, floor));
    }
    await chats.put({ ...chat, cursor: to, floor, summary });
    return to;
  });
}

/** Stores what was read for a view: its messages, without a hole up to the cursor, and who is in the chat. */
export function writeView(store: Store, view: ChatView): Promise<void> {
  return store.write(['chats', 'messages', 'members', 'people'], async (transaction) => {
    const chats = transaction.objectStore('chats');
    const chatId = view.chat.id;
    const chat = await chats.get(chatId);
    if (chat === undefined) return;
    const kept = view.messages.slice(-KEPT);
    for (const message of kept) await transaction.objectStore('messages').put(message);
    await transaction.objectStore('members').delete(membersOf(chatId));
    for (const member of view.members) await transaction.objectStore('members').put({ ...member, chatId });
    for (const person of Object.values(view.people)) await transaction.objectStore('people').put(person);
    await chats.put({
      ...chat,
      floor: Math.min(chat.floor, floorOf(kept, view.hasOlder || kept.length < view.messages.length)),
    });
  });
}

/** The stored chat as it is, or undefined. */
export function readChat(store: Store, chatId: string): Promise<StoredChat | undefined> {
  return store.read(['chats'], (transaction) => transaction.objectStore('chats').get(chatId));
}

function floorOf(messages: readonly Message[], hasOlder: boolean): number {
  return hasOlder ? (messages[0]?.seq ?? Number.MAX_SAFE_INTEGER) : 0;
}
