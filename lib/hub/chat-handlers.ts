import { storableText } from '../model/text.ts';
import type { Handlers } from './request-handlers.ts';
import type { SessionKeeper } from './session.ts';

type ChatHandlers = Pick<
  Handlers,
  'renameChat' | 'setInstructions' | 'setNotificationLevel' | 'setArchived' | 'deleteChat' | 'handOver'
>;

/** What members change about a chat, for panels. */
export function createChatHandlers({ session }: { readonly session: SessionKeeper }): ChatHandlers {
  const settings = async () => (await session.workspace()).settings;
  return {
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
    async setArchived({ chatId, archived }) {
      await (await settings()).setArchived(chatId, archived);
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
