import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { HubClient } from '../../lib/hub/panel-client.ts';
import { toBase64 } from '../../lib/model/base64.ts';
import { type Failure, FailureError } from '../../lib/model/failure.ts';
import { PART_BYTES } from '../../lib/model/files.ts';

/** Files from the person's disk to the hub: looked at here, handed over in parts. */
export interface Staging {
  /** How many files are being looked at and handed over, by chat. */
  of(chatId: string): ReadonlySignal<number>;
  /** Adds files to the chat's message; what cannot be sent is told by name. */
  add(chatId: string, files: Iterable<File>): Promise<void>;
  /** Adds one file; its id. Rejects with a FailureError. */
  addOne(chatId: string, file: File): Promise<string>;
}

export function createStaging(client: HubClient, onRefused: (name: string, failure: Failure) => void): Staging {
  const counts = new Map<string, Signal<number>>();

  function countOf(chatId: string): Signal<number> {
    const count = counts.get(chatId) ?? signal(0);
    counts.set(chatId, count);
    return count;
  }

  async function hand(chatId: string, file: File): Promise<string> {
    // The part that knows file types and draws pictures comes with the first file.
    const { prepareFile } = await import('../files/prepare.ts');
    const { facts, bytes, thumbnail } = await prepareFile(file);
    const small = thumbnail === null ? null : toBase64(new Uint8Array(await thumbnail.arrayBuffer()));
    await client.request('stageFile', { chatId, file: facts, thumbnail: small });
    for (let index = 0; index * PART_BYTES < bytes.size; index++) {
      const part = bytes.slice(index * PART_BYTES, (index + 1) * PART_BYTES);
      const data = toBase64(new Uint8Array(await part.arrayBuffer()));
      await client.request('stagePart', { id: facts.id, index, data });
    }
    return facts.id;
  }

  return {
    of: countOf,
    addOne: hand,
    async add(chatId, files) {
      const count = countOf(chatId);
      const all = [...files];
      count.value += all.length;
      for (const file of all) {
        try {
          await hand(chatId, file);
        } catch (reason) {
          if (!(reason instanceof FailureError)) throw reason;
          onRefused(file.name, reason.failure);
        } finally {
          count.value -= 1;
        }
      }
    },
  };
}
