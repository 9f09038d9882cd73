import type { Backend } from '../data/backend.ts';
import * as data from '../data/message-edits.ts';
import { messageBody } from './message-body.ts';
import type { Handlers } from './request-handlers.ts';
import type { SessionKeeper } from './session.ts';

type MessageHandlers = Pick<Handlers, 'setReaction' | 'editMessage' | 'deleteMessage' | 'readVersions'>;

interface Deps {
  readonly backend: Backend;
  readonly session: SessionKeeper;
}

/** What people do with messages that are there already, for panels. Each change is seen here when it is answered. */
export function createMessageHandlers({ backend, session }: Deps): MessageHandlers {
  async function seen(chatId: string): Promise<null> {
    await (await session.workspace()).sync.catchUp(chatId);
    return null;
  }
  return {
    async setReaction({ chatId, messageId, emoji, on }) {
      await data.setReaction(backend, messageId, emoji, on);
      return seen(chatId);
    },
    async editMessage({ chatId, messageId, body }) {
      await data.editMessage(backend, messageId, messageBody(body, true));
      return seen(chatId);
    },
    async deleteMessage({ chatId, messageId }) {
      await data.deleteMessage(backend, messageId);
      return seen(chatId);
    },
    readVersions: ({ messageId }) => data.readVersions(backend, messageId),
  };
}
