import type { Backend } from '../data/backend.ts';
import * as data from '../data/chat-settings.ts';
import type { NotificationLevel } from '../model/chat.ts';
import type { Chats } from './chats.ts';
import type { Sync } from './sync.ts';

/** What members change about a chat. Each resolves when the change is seen here; all reject with a FailureError. */
export interface ChatSettings {
  rename(chatId: string, title: string): Promise<void>;
  setInstructions(chatId: string, instructions: string): Promise<void>;
  setNotificationLevel(chatId: string, level: NotificationLevel): Promise<void>;
  setArchived(chatId: string, archived: boolean): Promise<void>;
  /** For this person alone; a group goes on, put away. */
  clear(chatId: string): Promise<void>;
  /** For everyone. */
  delete(chatId: string, title: string): Promise<void>;
  handOver(chatId: string, userId: string): Promise<void>;
}

interface Deps {
  readonly backend: Backend;
  readonly chats: Chats;
  readonly sync: Sync;
  readonly userId: string;
}

export function createChatSettings({ backend, chats, sync, userId }: Deps): ChatSettings {
  return {
    async rename(chatId, title) {
      await data.renameChat(backend, chatId, title);
      await sync.catchUp(chatId);
    },
    async setInstructions(chatId, instructions) {
      await data.setInstructions(backend, chatId, instructions);
      await sync.catchUp(chatId);
    },
    async setNotificationLevel(chatId, level) {
      await data.setNotificationLevel(backend, { chatId, userId }, level);
      await sync.takeOver(chatId, { notificationLevel: level });
    },
    async setArchived(chatId, archived) {
      await data.setArchived(backend, chatId, archived);
      await sync.takeOver(chatId, { archived });
    },
    async clear(chatId) {
      await data.clearChat(backend, chatId);
      const lastReadSeq = chats.get(chatId)?.lastSeq ?? 0;
      await sync.takeOver(chatId, { archived: true, lastMessage: null, lastReadSeq, unread: 0, mentioned: false });
      await sync.restart(chatId);
    },
    async delete(chatId, title) {
      await data.deleteChat(backend, chatId, title);
      sync.drop(chatId);
    },
    async handOver(chatId, toUserId) {
      await data.handOver(backend, chatId, toUserId);
      await sync.catchUp(chatId);
    },
  };
}
