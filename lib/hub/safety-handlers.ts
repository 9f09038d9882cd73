import { deleteAccount, endSession, finishAccount, readMyData, readSessions } from '../data/account.ts';
import type { Backend } from '../data/backend.ts';
import { readLog } from '../data/chat-log.ts';
import { readRetention, setRetention } from '../data/chat-settings.ts';
import { reportMessage } from '../data/safety.ts';
import { LOG_PAGE } from '../model/chat-log.ts';
import { storableText } from '../model/text.ts';
import type { Handlers } from './request-handlers.ts';
import type { SessionKeeper } from './session.ts';

type SafetyHandlers = Pick<
  Handlers,
  | 'reportMessage'
  | 'setBlocked'
  | 'readLog'
  | 'readRetention'
  | 'setRetention'
  | 'readSessions'
  | 'endSession'
  | 'readMyData'
  | 'deleteAccount'
>;

interface Deps {
  readonly backend: Backend;
  readonly session: SessionKeeper;
}

/** How often an account is seen off from here; the server goes on by itself. */
const FINISHES = 3;

/** What protects a person, and what is theirs to know and to end, for panels. */
export function createSafetyHandlers({ backend, session }: Deps): SafetyHandlers {
  return {
    async reportMessage({ messageId, reason, comment }) {
      await reportMessage(backend, messageId, reason, storableText(comment));
      return null;
    },
    async setBlocked({ userId, blocked }) {
      const { blocked: keeper, sync } = await session.workspace();
      await keeper.set(userId, blocked);
      // Whether one is mentioned is counted anew.
      await sync.sweep();
      return null;
    },
    readLog: ({ chatId, before }) => readLog(backend, chatId, before, LOG_PAGE),
    readRetention: ({ chatId }) => readRetention(backend, chatId),
    async setRetention({ chatId, days }) {
      await setRetention(backend, chatId, days);
      await (await session.workspace()).sync.catchUp(chatId);
      return null;
    },
    readSessions: () => readSessions(backend),
    async endSession({ id }) {
      await endSession(backend, id);
      return null;
    },
    readMyData: ({ part, after }) => readMyData(backend, part, after),
    async deleteAccount(deletion) {
      await deleteAccount(backend, deletion);
      try {
        for (let tries = 0; tries < FINISHES && !(await finishAccount(backend)); tries++);
      } catch {
        // It is on its way out already.
      }
      await session.signOut();
      return null;
    },
  };
}
