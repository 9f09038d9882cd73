import { createHash, randomUUID } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { copyFile, type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageFailure } from './failure.ts';

export interface StoredFile {
  /** Names the bytes; never made from anything a client sent. */
  readonly version: string;
  readonly size: number;
  /** Quoted, as it stands in the ETag header. */
  readonly etag: string;
}

/** Bytes by version. A version is written once, whole or not at all, and never changed. */
export interface Files {
  /** Refuses with `EntityTooLarge` past `limit` bytes, leaving nothing behind. */
  write(bytes: ReadableStream<Uint8Array> | null, limit: number): Promise<StoredFile>;
  copy(version: string): Promise<string>;
  /** Null when there are no such bytes. The caller closes the handle. */
  open(version: string): Promise<FileHandle | null>;
  remove(versions: readonly string[]): Promise<void>;
  /** Versions last written before `olderThan` (ms since 1970). */
  list(olderThan: number): AsyncGenerator<string>;
  /** Removes uploads that never ended and were begun before `olderThan`. */
  removeUnfinished(olderThan: number): Promise<void>;
}

const VERSION = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function openFiles(root: string): Files {
  const unfinished = join(root, 'unfinished');
  const objects = join(root, 'objects');
  const pathOf = (version: string) => {
    if (!VERSION.test(version)) throw new Error('not a version');
    return join(objects, version.slice(0, 2), version);
  };

  async function place(temporary: string, version: string): Promise<void> {
    await mkdir(join(objects, version.slice(0, 2)), { recursive: true });
    await rename(temporary, pathOf(version));
  }

  return {
    async write(bytes, limit) {
      const version = randomUUID();
      const temporary = join(unfinished, version);
      await mkdir(unfinished, { recursive: true });
      try {
        const { size, etag } = await writeWhole(temporary, bytes, limit);
        await place(temporary, version);
        return { version, size, etag };
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
    async copy(source) {
      const version = randomUUID();
      const temporary = join(unfinished, version);
      await mkdir(unfinished, { recursive: true });
      await copyFile(pathOf(source), temporary);
      await place(temporary, version);
      return version;
    },
    open: (version) => open(pathOf(version), 'r').catch(nullWhenMissing),
    async remove(versions) {
      await Promise.all(versions.map((version) => rm(pathOf(version), { force: true })));
    },
    async *list(olderThan) {
      for (const folder of await readFolder(objects)) {
        for (const file of await readFolder(join(objects, folder.name))) {
          const found = await stat(join(objects, folder.name, file.name)).catch(nullWhenMissing);
          if (found !== null && found.mtimeMs < olderThan && VERSION.test(file.name)) yield file.name;
        }
      }
    },
    async removeUnfinished(olderThan) {
      for (const file of await readFolder(unfinished)) {
        const path = join(unfinished, file.name);
        const found = await stat(path).catch(nullWhenMissing);
        if (found !== null && found.mtimeMs < olderThan) await rm(path, { force: true });
      }
    },
  };
}

async function writeWhole(
  path: string,
  bytes: ReadableStream<Uint8Array> | null,
  limit: number,
): Promise<{ size: number; etag: string }> {
  const file = await open(path, 'wx');
  const hash = createHash('md5');
  let size = 0;
  try {
    for await (const chunk of bytes ?? []) {
      size += chunk.byteLength;
      if (size > limit) throw new StorageFailure('EntityTooLarge', 'The object exceeded the maximum allowed size');
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { size, etag: `"${hash.digest('hex')}"` };
}

async function readFolder(path: string): Promise<readonly Dirent[]> {
  return (await readdir(path, { withFileTypes: true }).catch(nullWhenMissing)) ?? [];
}

function nullWhenMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
