import type { Backend } from '../data/backend.ts';
import { endGuardianship, makeGuardianCode, setGroupChats, tryGuardianCode } from '../data/family.ts';
import * as memories from '../data/memories.ts';
import type { Handlers } from './request-handlers.ts';
import type { SessionKeeper } from './session.ts';

type AccountHandlers = Pick<
  Handlers,
  | 'setBirthDate'
  | 'makeGuardianCode'
  | 'lookAtGuardianCode'
  | 'acceptGuardian'
  | 'setGroupChats'
  | 'endGuardianship'
  | 'readMemories'
  | 'saveMemory'
  | 'forgetMemory'
  | 'rememberMessage'
  | 'setMemoriesOn'
>;

interface Deps {
  readonly backend: Backend;
  readonly session: SessionKeeper;
}

/** What belongs to a person rather than to a chat, for panels: age, guardians and memories. */
export function createAccountHandlers({ backend, session }: Deps): AccountHandlers {
  async function withFamily(work: Promise<unknown>): Promise<null> {
    const { family } = await session.workspace();
    await work;
    await family.read();
    return null;
  }
  return {
    async setBirthDate({ date }) {
      await session.setBirthDate(date);
      return null;
    },
    makeGuardianCode: () => makeGuardianCode(backend),
    lookAtGuardianCode: ({ code }) => tryGuardianCode(backend, code, false),
    acceptGuardian: ({ code }) => withFamily(tryGuardianCode(backend, code, true)),
    setGroupChats: ({ minorId, on }) => withFamily(setGroupChats(backend, minorId, on)),
    endGuardianship: ({ minorId }) => withFamily(endGuardianship(backend, minorId)),

    readMemories: async () => memories.readMemories(backend, (await session.workspace()).userId),
    async saveMemory(memory) {
      await memories.saveMemory(backend, memory);
      return null;
    },
    async forgetMemory({ id }) {
      await memories.forgetMemory(backend, id);
      return null;
    },
    async rememberMessage({ id, messageId }) {
      await memories.rememberMessage(backend, id, messageId);
      return null;
    },
    async setMemoriesOn({ on }) {
      await memories.setMemoriesOn(backend, (await session.workspace()).userId, on);
      return null;
    },
  };
}
