import { readAttachment } from '../data/attachments.ts';
import type { Backend } from '../data/backend.ts';
import { toBase64 } from '../model/base64.ts';
import { FailureError, failure } from '../model/failure.ts';
import type { AttachmentPlace } from '../model/files.ts';
import type { Handlers } from './request-handlers.ts';
import type { SessionKeeper } from './session.ts';

type FileHandlers = Pick<Handlers, 'stageFile' | 'stagePart' | 'discardFile' | 'retryFile' | 'readAttachment'>;

interface Deps {
  readonly backend: Backend;
  readonly session: SessionKeeper;
}

/** How long a transaction that was heard of may take until others see it, in milliseconds. */
const SEEN_AFTER = 250;

/** Files in both directions, for panels, whose frames have no store and no way to the server of their own. */
export function createFileHandlers({ backend, session }: Deps): FileHandlers {
  const files = async () => (await session.workspace()).files;
  return {
    async stageFile({ chatId, file, thumbnail }) {
      const { hasChat } = await session.workspace();
      if (!hasChat(chatId)) throw new FailureError(failure('not_member'));
      await (await files()).stage(chatId, file, thumbnail);
      return null;
    },
    async stagePart({ id, index, data }) {
      await (await files()).addPart(id, index, data);
      return null;
    },
    async discardFile({ id }) {
      await (await files()).discard(id);
      return null;
    },
    async retryFile({ id }) {
      (await files()).retry([id]);
      return null;
    },
    async readAttachment({ offset, ...place }) {
      const here = await (await files()).read(place.id, place.part, offset);
      const { bytes, size } = here ?? (await readHeard(place, offset));
      return { data: toBase64(bytes), size };
    },
  };

  /** A message is told from the log, which can be faster than its transaction's end: what is not there yet is asked for once more. */
  async function readHeard(place: AttachmentPlace, offset: number) {
    try {
      return await readAttachment(backend, place, offset);
    } catch (thrown) {
      if (!(thrown instanceof FailureError) || thrown.failure.code !== 'not_found') throw thrown;
      await new Promise((resolve) => setTimeout(resolve, SEEN_AFTER));
      return readAttachment(backend, place, offset);
    }
  }
}
