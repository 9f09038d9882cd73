import { readChat, readMessages } from '../../lib/data/store/messages.ts';
import { readOutbox } from '../../lib/data/store/outbox.ts';
import { readMembers } from '../../lib/data/store/people.ts';
import type { StoredChat } from '../../lib/data/store/schema.ts';
import type { Store } from '../../lib/data/store/store.ts';
import { readUploads } from '../../lib/data/store/uploads.ts';
import type { ChatSummary, Message } from '../../lib/model/chat.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import type { OutboxEntry } from '../../lib/model/outbox.ts';
import type { Memory } from './memory.ts';
import type { Inhabitant } from './world.ts';

/** All that one person has of one chat. */
export interface Holding {
  readonly userId: string;
  readonly stored: {
    readonly chat: StoredChat | undefined;
    readonly messages: readonly Message[];
    readonly memberIds: readonly string[];
    readonly outbox: readonly OutboxEntry[];
    /** Ids of files. */
    readonly uploads: readonly string[];
  };
  /** The list's line. */
  readonly summary: ChatSummary | undefined;
  readonly view: ChatView | null;
  readonly memory: Memory;
}

export async function readHolding(person: Inhabitant, store: Store, chatId: string): Promise<Holding> {
  const { id: userId, panels, memories } = person;
  const [chat, messages, members, outbox, uploads] = await Promise.all([
    readChat(store, chatId),
    readMessages(store, chatId, { limit: 10_000 }),
    readMembers(store, chatId),
    readOutbox(store, userId),
    readUploads(store, userId),
  ]);
  const panel = panels.get(chatId)?.snapshot();
  const memory = memories.get(chatId);
  if (panel === undefined || memory === undefined) throw new Error('no panel is open for this chat');
  return {
    userId,
    stored: {
      chat,
      messages,
      memberIds: members.map(({ id }) => id),
      outbox: outbox.filter((entry) => entry.chatId === chatId),
      uploads: uploads.filter((upload) => upload.chatId === chatId).map(({ id }) => id),
    },
    summary: panel.app?.chats.find(({ id }) => id === chatId),
    view: panel.chatId === chatId ? panel.view : null,
    memory,
  };
}
