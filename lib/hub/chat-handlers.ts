import type { Backend } from '../data/backend.ts';
import { copyChat } from '../data/chats.ts';
import { storableText } from '../model/text.ts';
import type { Handlers } from './request-handlers.ts';
import type { SessionKeeper } from './session.ts';

type ChatHandlers = Pick<
  Handlers,
  | 'clearChat'
  | 'copyChat'
  | 'renameChat'
  | 'setInstructions'
  | 'setNotificationLevel'
  | 'readPagePresence'
  | 'setPagePresence'
  | 'setArchived'
  | 'deleteChat'
  | 'handOver'
>;

interface Deps {
  readonly backend: Backend;
  readonly session: SessionKeeper;
}

/** What members do with a chat, for panels. */
export function createChatHandlers({ backend, session }: Deps): ChatHandlers {
  const settings = async () => (await session.workspace()).settings;
  return {
    async copyChat({ chatId, id, title }) {
      const { sync } = await session.workspace();
      await copyChat(backend, { source: chatId, id, title: storableText(title) });
      // On the list before the answer, so that the panel can show it.
      await sync.sweep();
      return null;
    },
    async renameChat({ chatId, title }) {
      await (await settings()).rename(chatId, storableText(title));
      return null;
    },
    async setInstructions({ chatId, instructions }) {
      await (await settings()).setInstructions(chatId, storableText(instructions));
      return null;
    },
    async setNotificationLevel({ chatId, level }) {
      await (await settings()).setNotificationLevel(chatId, level);
      return null;
    },
    readPagePresence: async ({ chatId }) => (await session.workspace()).pagePresence.isOn(chatId),
    async setPagePresence({ chatId, on }) {
      await (await session.workspace()).pagePresence.set(chatId, on);
      return null;
    },
    async setArchived({ chatId, archived }) {
      await (await settings()).setArchived(chatId, archived);
      return null;
    },
    async clearChat({ chatId }) {
      await (await settings()).clear(chatId);
      return null;
    },
    async deleteChat({ chatId, title }) {
      await (await settings()).delete(chatId, storableText(title));
      return null;
    },
    async handOver({ chatId, userId }) {
      await (await settings()).handOver(chatId, userId);
      return null;
    },
  };
}
