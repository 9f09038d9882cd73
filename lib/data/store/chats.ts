import type { ChatSummary } from '../../model/chat.ts';
import { complete } from './messages.ts';
import { membersOf, messagesOf, partsOf } from './ranges.ts';
import type { StoredChat } from './schema.ts';
import type { Store } from './store.ts';

export function readChats(store: Store): Promise<StoredChat[]> {
  return store.read(['chats'], async (transaction) =>
    (await transaction.objectStore('chats').getAll()).map(asKnownNow),
  );
}

/** Adds a chat of which only the summary is known; of one that is there already it forgets all but that. Its log begins with the next change. */
export function beginChat(store: Store, summary: ChatSummary): Promise<StoredChat> {
  const chat = { id: summary.id, summary, cursor: summary.lastSeq, floor: summary.lastSeq + 1 };
  return store.write(['chats', 'messages', 'members'], async (transaction) => {
    await transaction.objectStore('messages').delete(messagesOf(chat.id));
    await transaction.objectStore('members').delete(membersOf(chat.id));
    await transaction.objectStore('chats').put(chat);
    return chat;
  });
}

/** Newer summaries of chats that are there. */
export function writeSummaries(store: Store, summaries: readonly ChatSummary[]): Promise<void> {
  return store.write(['chats'], async (transaction) => {
    const chats = transaction.objectStore('chats');
    for (const summary of summaries) {
      const chat = await chats.get(summary.id);
      if (chat !== undefined) await chats.put({ ...chat, summary });
    }
  });
}

/** Nothing of the chat stays, what was typed into it included. */
export function deleteChat(store: Store, chatId: string, userId: string): Promise<void> {
  return store.write(
    ['chats', 'messages', 'members', 'drafts', 'outbox', 'uploads', 'parts', 'shares'],
    async (transaction) => {
      await transaction.objectStore('messages').delete(messagesOf(chatId));
      await transaction.objectStore('members').delete(membersOf(chatId));
      await transaction.objectStore('chats').delete(chatId);
      await transaction.objectStore('drafts').delete([userId, chatId]);
      for await (const cursor of transaction.objectStore('outbox')) {
        if (cursor.value.userId === userId && cursor.value.entry.chatId === chatId) await cursor.delete();
      }
      for await (const cursor of transaction.objectStore('shares')) {
        if (cursor.value.userId === userId && cursor.value.chatId === chatId) await cursor.delete();
      }
      for await (const cursor of transaction.objectStore('uploads')) {
        if (cursor.value.userId !== userId || cursor.value.chatId !== chatId) continue;
        await transaction.objectStore('parts').delete(partsOf(cursor.key));
        await cursor.delete();
      }
    },
  );
}

function asKnownNow(chat: StoredChat): StoredChat {
  const { lastMessage } = chat.summary;
  return lastMessage === null ? chat : { ...chat, summary: { ...chat.summary, lastMessage: complete(lastMessage) } };
}
