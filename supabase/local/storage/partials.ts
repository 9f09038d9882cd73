import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import * as v from 'valibot';

const Facts = v.object({
  bucket: v.string(),
  name: v.string(),
  /** In bytes, when it is whole. */
  length: v.number(),
  mimetype: v.string(),
  cacheControl: v.string(),
  upsert: v.boolean(),
  ownerId: v.nullable(v.string()),
});

/** What is known of an upload from its beginning on. */
export type PartialFacts = v.InferOutput<typeof Facts>;

/** Uploads that come in parts, kept until they are whole: a part that broke off, or a server that was ended, loses nothing that came. */
export interface Partials {
  create(facts: PartialFacts): Promise<string>;
  /** Null when there is no such upload (any more). `offset`: how many bytes are there. */
  find(id: string): Promise<{ readonly facts: PartialFacts; readonly offset: number } | null>;
  /** Adds bytes behind those that are there, no more than `room`; how many are there then. Whatever came before an error stays. */
  append(id: string, bytes: ReadableStream<Uint8Array> | null, room: number): Promise<void>;
  read(id: string): ReadableStream<Uint8Array>;
  remove(id: string): Promise<void>;
  /** Removes uploads whose last bytes came before `olderThan` (ms since 1970). */
  removeOld(olderThan: number): Promise<void>;
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function openPartials(root: string): Partials {
  const pathOf = (id: string) => join(root, id);
  const factsOf = (id: string) => join(root, `${id}.json`);

  async function remove(id: string): Promise<void> {
    await Promise.all([pathOf(id), factsOf(id)].map((path) => rm(path, { force: true })));
  }

  return {
    async create(facts) {
      const id = randomUUID();
      await mkdir(root, { recursive: true });
      await writeFile(pathOf(id), '');
      // Whole or not at all: facts that can be read stand for an upload that has begun.
      await writeFile(`${factsOf(id)}.new`, JSON.stringify(facts));
      await rename(`${factsOf(id)}.new`, factsOf(id));
      return id;
    },
    async find(id) {
      if (!ID.test(id)) return null;
      const facts = await readFile(factsOf(id), 'utf8').catch(nullWhenMissing);
      const found = await stat(pathOf(id)).catch(nullWhenMissing);
      return facts === null || found === null ? null : { facts: v.parse(Facts, JSON.parse(facts)), offset: found.size };
    },
    async append(id, bytes, room) {
      const file = await open(pathOf(id), 'a');
      let left = room;
      try {
        for await (const chunk of bytes ?? []) {
          await file.appendFile(chunk.subarray(0, left));
          left -= Math.min(left, chunk.byteLength);
          if (left === 0) break;
        }
        await file.sync();
      } finally {
        await file.close();
      }
    },
    read: (id) => Readable.toWeb(createReadStream(pathOf(id))) as ReadableStream<Uint8Array>,
    remove,
    async removeOld(olderThan) {
      for (const name of (await readdir(root).catch(nullWhenMissing)) ?? []) {
        const found = await stat(join(root, name)).catch(nullWhenMissing);
        if (found !== null && found.mtimeMs < olderThan && !name.endsWith('.json')) await remove(name);
      }
    },
  };
}

function nullWhenMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
