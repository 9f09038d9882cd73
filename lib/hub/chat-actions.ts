import type { Backend } from '../data/backend.ts';
import { createChat, leaveChat } from '../data/chats.ts';
import { writeSummaries } from '../data/store/chats.ts';
import type { Store } from '../data/store/store.ts';
import type { ChatKind, ChatSummary } from '../model/chat.ts';
import type { Chats } from './chats.ts';
import type { Reads } from './reads.ts';
import { countsAsUnread, summaryRead } from './summary.ts';
import type { Sync } from './sync.ts';
import type { Views } from './views.ts';

/** What a person does to chats themselves. */
export interface ChatActions {
  /** The chat is on the list at once; if the server refuses it, it goes again. */
  create(chat: { id: string; kind: ChatKind; title: string }): Promise<void>;
  /** Resolves when a chat that is being created is on the server; at once for all others. */
  whenCreated(chatId: string): Promise<void>;
  isBeingCreated(chatId: string): boolean;
  leave(chatId: string): Promise<void>;
  markRead(chatId: string, seq: number): void;
}

interface Deps {
  readonly backend: Backend;
  readonly store: Store;
  readonly chats: Chats;
  readonly sync: Sync;
  readonly views: Views;
  readonly reads: Reads;
  readonly userId: string;
  now(): number;
  onCreated(): void;
  onFault(reason: unknown): void;
}

export function createChatActions(deps: Deps): ChatActions {
  const { backend, store, chats, sync, views, reads, userId } = deps;
  const creating = new Map<string, Promise<void>>();

  async function create(chat: { id: string; kind: ChatKind; title: string }): Promise<void> {
    const known = creating.get(chat.id);
    if (known !== undefined || chats.get(chat.id) !== undefined) return known;
    const created = createChat(backend, chat);
    creating.set(chat.id, created);
    chats.set(provisional(chat, userId, new Date(deps.now()).toISOString()));
    try {
      await created;
    } catch (reason) {
      chats.remove(chat.id);
      views.remove(chat.id);
      throw reason;
    } finally {
      creating.delete(chat.id);
    }
    deps.onCreated();
  }

  return {
    create,
    whenCreated: (chatId) => creating.get(chatId) ?? Promise.resolve(),
    isBeingCreated: (chatId) => creating.has(chatId),
    async leave(chatId) {
      await leaveChat(backend, chatId);
      sync.drop(chatId);
    },
    markRead(chatId, seq) {
      const before = chats.get(chatId);
      if (before === undefined) return;
      const behind =
        views.get(chatId)?.messages.filter((message) => message.seq > seq && countsAsUnread(message, userId)) ?? [];
      const after = summaryRead(before, seq, behind.length);
      if (after === before) return;
      chats.set(after);
      writeSummaries(store, [after]).catch(deps.onFault);
      reads.tell(chatId, seq);
    },
  };
}

/** The list's line of a chat that the server has not seen yet. */
function provisional(
  { id, kind, title }: { id: string; kind: ChatKind; title: string },
  creatorId: string,
  createdAt: string,
): ChatSummary {
  return {
    id,
    kind,
    title,
    instructions: '',
    replyMode: kind === 'solo' ? 'automatic' : 'mention',
    epoch: 1,
    creatorId,
    createdAt,
    lastSeq: 0,
    lastReadSeq: 0,
    unread: 0,
    memberCount: 1,
    notificationLevel: 'all',
    lastMessage: null,
    mentioned: false,
    archived: false,
    pendingRequests: 0,
  };
}
