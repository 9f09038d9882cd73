import { ATTACHMENTS_BUCKET, addAttachment, attachmentPath, discardAttachment } from '../data/attachments.ts';
import type { Backend } from '../data/backend.ts';
import type { StoredUpload } from '../data/store/schema.ts';
import type { Store } from '../data/store/store.ts';
import { countBytes, deleteUpload, readBytes, readUploads, writePart, writeUpload } from '../data/store/uploads.ts';
import { upload } from '../data/uploads.ts';
import { fromBase64 } from '../model/base64.ts';
import { type Failure, FailureError, failure, toFailure } from '../model/failure.ts';
import { type FileFacts, type FileState, MAX_FILES, PART_BYTES, type StagedFile } from '../model/files.ts';
import { judge } from './outbox-rules.ts';
import { callAfter } from './timers.ts';
import type { Views } from './views.ts';

/**
 * Files on their way: stored as soon as they were added, uploaded at once, and kept until their message is there. Whatever breaks in
 * between, the upload goes on where it stopped.
 */
export interface Files {
  /** `sent`: ids of the files that go with a message in the outbox. */
  load(sent: ReadonlySet<string>): Promise<void>;
  /** What stands in the chat's composer, the oldest first. */
  stagedOf(chatId: string): readonly StagedFile[];
  /** The same id again is the same file. Rejects with `too_many_files`. */
  stage(chatId: string, file: FileFacts, thumbnail: string | null): Promise<void>;
  addPart(id: string, index: number, data: string): Promise<void>;
  /** Whether all of them are still here. */
  hasAll(ids: readonly string[]): boolean;
  /** Takes files out of the composer: they go with a message from now on, and with no other. Throws `file_missing`. */
  take(ids: readonly string[]): readonly FileFacts[];
  /** Whether all are on the server. Throws a FailureError for one that cannot come there. */
  areUploaded(files: readonly FileFacts[]): boolean;
  /** Their message is there, or was taken back: they end here. In the store they go with the message's entry. */
  release(files: readonly FileFacts[]): void;
  discard(id: string): Promise<void>;
  /** Tries them now, from the beginning where something was lost. */
  retry(ids: readonly string[]): void;
  /** Bytes of a file that is still here; null for any other. */
  read(id: string, part: 'file' | 'thumbnail', offset: number): Promise<{ bytes: Uint8Array; size: number } | null>;
  /** Tries everything that waits, now. */
  flush(): void;
  /** The chat is gone. */
  drop(chatId: string): void;
}

interface Deps {
  readonly store: Store;
  readonly backend: Backend;
  readonly userId: string;
  readonly signal: AbortSignal;
  readonly emit: Views['emit'];
  /** Whether files of this chat can be uploaded yet; it may still be on its way itself. */
  isReady(chatId: string): boolean;
  now(): number;
  random(): number;
  /** What waits for this chat's files may look again. */
  onUploaded(chatId: string): void;
  onFault(reason: unknown): void;
}

interface Slot {
  stored: StoredUpload;
  state: FileState;
  /** Goes with a message: the composer does not show it any more. The outbox says so when both are found again. */
  isSent: boolean;
  /** All its bytes have come from the panel. */
  isWhole: boolean;
  isRunning: boolean;
  attempts: number;
  readonly ended: AbortController;
  cancelRetry(): void;
}

/** Uploads at a time. */
const PARALLEL = 2;
/** Bytes of one answer. */
const PIECE = PART_BYTES;

export function createFiles(deps: Deps): Files {
  const { store, backend, userId, signal, emit } = deps;
  const slots = new Map<string, Slot>();

  function slotOf(stored: StoredUpload, { isWhole, isSent }: Pick<Slot, 'isWhole' | 'isSent'>): Slot {
    const state: FileState = stored.uploaded ? { name: 'ready' } : { name: 'uploading', sent: 0 };
    const ended = new AbortController();
    return { stored, state, isWhole, isSent, isRunning: false, attempts: 0, ended, cancelRetry: () => {} };
  }

  function setState(slot: Slot, state: FileState): void {
    slot.state = state;
    const { stored } = slot;
    if (slots.get(stored.id) === slot && !slot.isSent)
      emit(stored.chatId, { name: 'file', file: { ...factsOf(stored), state } });
  }

  function change(slot: Slot, more: Partial<StoredUpload>): Promise<void> {
    slot.stored = { ...slot.stored, ...more };
    return slots.get(slot.stored.id) === slot ? writeUpload(store, slot.stored) : Promise.resolve();
  }

  function flush(): void {
    const running = [...slots.values()].filter(({ isRunning }) => isRunning).length;
    const waiting = [...slots.values()].filter(
      (slot) => slot.isWhole && !slot.isRunning && slot.state.name === 'uploading' && deps.isReady(slot.stored.chatId),
    );
    for (const slot of waiting.slice(0, Math.max(0, PARALLEL - running))) void run(slot);
  }

  async function run(slot: Slot): Promise<void> {
    slot.isRunning = true;
    slot.attempts++;
    slot.cancelRetry();
    try {
      await transfer(slot);
      await change(slot, { uploaded: true });
      slot.attempts = 0;
      setState(slot, { name: 'ready' });
      deps.onUploaded(slot.stored.chatId);
    } catch (reason) {
      if (signal.aborted || slot.ended.signal.aborted) return;
      const failed = toFailure(reason);
      if (failed.kind === 'unknown') deps.onFault(reason);
      settle(slot, failed);
    } finally {
      slot.isRunning = false;
      if (!signal.aborted && slot.state.name !== 'uploading') flush();
    }
  }

  function settle(slot: Slot, failed: Failure): void {
    const { state, retryIn } = judge(failed, slot.attempts, deps.random);
    if (state.name === 'failed') {
      setState(slot, { name: 'failed', failure: state.failure });
      // A message that waits for it fails with it.
      deps.onUploaded(slot.stored.chatId);
    } else if (retryIn !== null) slot.cancelRetry = callAfter(retryIn, signal, flush);
  }

  async function transfer(slot: Slot): Promise<void> {
    const { id, chatId, size, contentType, thumbnail } = slot.stored;
    await addAttachment(backend, chatId, factsOf(slot.stored));
    const ends = AbortSignal.any([signal, slot.ended.signal]);
    const place = { bucket: ATTACHMENTS_BUCKET };
    if (thumbnail !== null)
      await upload(
        backend,
        {
          ...place,
          path: attachmentPath({ chatId, id, part: 'thumbnail' }),
          contentType: 'image/webp',
          size: thumbnail.byteLength,
          url: null,
        },
        {
          signal: ends,
          read: async (offset, length) => new Uint8Array(thumbnail.slice(offset, offset + length)),
          onBegin() {},
          onProgress() {},
        },
      );
    await upload(
      backend,
      { ...place, path: attachmentPath({ chatId, id, part: 'file' }), contentType, size, url: slot.stored.url },
      {
        signal: ends,
        read: (offset, length) => readBytes(store, id, { offset, length, partBytes: PART_BYTES }),
        onBegin: (url) => void change(slot, { url }).catch(deps.onFault),
        onProgress: (sent) => setState(slot, { name: 'uploading', sent }),
      },
    );
  }

  function stagedOf(chatId: string): readonly StagedFile[] {
    return [...slots.values()]
      .filter(({ stored, isSent }) => stored.chatId === chatId && !isSent)
      .map(({ stored, state }) => ({ ...factsOf(stored), state }));
  }

  function forget(slot: Slot): void {
    slots.delete(slot.stored.id);
    slot.ended.abort();
    slot.cancelRetry();
  }

  return {
    async load(sent) {
      for (const stored of await readUploads(store, userId)) {
        if (slots.has(stored.id)) continue;
        const isWhole = (await countBytes(store, stored.id)) === stored.size;
        // Its panel went before it had handed all of it over.
        if (isWhole) slots.set(stored.id, slotOf(stored, { isWhole, isSent: sent.has(stored.id) }));
        else await deleteUpload(store, stored.id);
      }
    },

    stagedOf,

    async stage(chatId, file, thumbnail) {
      if (slots.has(file.id)) return;
      if (stagedOf(chatId).length >= MAX_FILES) throw new FailureError(failure('too_many_files'));
      const slot = slotOf(
        {
          ...{ ...file, userId, chatId },
          thumbnail: thumbnail === null ? null : fromBase64(thumbnail).buffer,
          ...{ url: null, uploaded: false, storedAt: deps.now() },
        },
        { isWhole: false, isSent: false },
      );
      slots.set(file.id, slot);
      setState(slot, slot.state);
      await writeUpload(store, slot.stored);
    },

    async addPart(id, index, data) {
      const slot = slots.get(id);
      if (slot === undefined) throw new FailureError(failure('file_missing'));
      await writePart(store, id, index, fromBase64(data).buffer);
      if (slot.isWhole || (await countBytes(store, id)) < slot.stored.size) return;
      slot.isWhole = true;
      flush();
    },

    hasAll: (ids) => ids.every((id) => slots.has(id)),

    take(ids) {
      const taken = ids.map((id) => slots.get(id));
      const found = taken.filter((slot): slot is Slot => slot !== undefined && !slot.isSent);
      if (found.length < taken.length) throw new FailureError(failure('file_missing'));
      for (const slot of found) {
        slot.isSent = true;
        emit(slot.stored.chatId, { name: 'file-removed', id: slot.stored.id });
      }
      return found.map(({ stored }) => factsOf(stored));
    },

    areUploaded(files) {
      for (const { id } of files) {
        const slot = slots.get(id);
        // Released with an earlier try of the same message, whose row may be there: the server knows.
        if (slot === undefined) continue;
        if (slot.state.name === 'failed') throw new FailureError(slot.state.failure);
        if (slot.state.name === 'uploading') return false;
      }
      return true;
    },

    release(files) {
      for (const { id } of files) {
        const slot = slots.get(id);
        if (slot !== undefined) forget(slot);
      }
    },

    async discard(id) {
      const slot = slots.get(id);
      if (slot === undefined) return;
      forget(slot);
      emit(slot.stored.chatId, { name: 'file-removed', id });
      await deleteUpload(store, id);
      // What cannot be said now, the server finds by itself within a day.
      discardAttachment(backend, id).catch(() => {});
    },

    retry(ids) {
      for (const id of ids) {
        const slot = slots.get(id);
        if (slot === undefined || slot.isRunning) continue;
        slot.attempts = 0;
        if (slot.state.name !== 'failed') continue;
        slot.stored = { ...slot.stored, url: null };
        setState(slot, { name: 'uploading', sent: 0 });
      }
      flush();
    },

    async read(id, part, offset) {
      const slot = slots.get(id);
      if (slot === undefined) return null;
      const { size, thumbnail } = slot.stored;
      if (part === 'file') {
        const length = Math.min(PIECE, size - offset);
        return { bytes: await readBytes(store, id, { offset, length, partBytes: PART_BYTES }), size };
      }
      if (thumbnail === null) throw new FailureError(failure('not_found'));
      return { bytes: new Uint8Array(thumbnail.slice(offset, offset + PIECE)), size: thumbnail.byteLength };
    },

    flush,

    drop(chatId) {
      for (const slot of slots.values()) if (slot.stored.chatId === chatId) forget(slot);
    },
  };
}

function factsOf({ id, name, contentType, size, width, height, hasThumbnail }: StoredUpload): FileFacts {
  return { id, name, contentType, size, width, height, hasThumbnail };
}
