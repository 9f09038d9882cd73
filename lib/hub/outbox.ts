import type { Backend } from '../data/backend.ts';
import { insertMessage, readMessage } from '../data/messages.ts';
import { deleteOutboxEntry, readOutbox, writeOutboxEntry } from '../data/store/outbox.ts';
import type { Store } from '../data/store/store.ts';
import type { Message } from '../model/chat.ts';
import { FailureError, failure, toFailure } from '../model/failure.ts';
import type { FileFacts } from '../model/files.ts';
import type { OutboxEntry, OutboxState } from '../model/outbox.ts';
import type { Share } from '../model/share.ts';
import type { Files } from './files.ts';
import { judge, revive } from './outbox-rules.ts';
import type { Shares } from './shares.ts';
import { callAfter } from './timers.ts';
import type { Views } from './views.ts';

/**
 * Messages on their way: in order within a chat, each exactly once. An entry is stored before it is acknowledged, and stays until
 * its row was seen; its id is the row's primary key, so sending it again is the same row.
 */
export interface Outbox {
  load(): Promise<void>;
  /** As they are shown: oldest first. */
  entriesOf(chatId: string): readonly OutboxEntry[];
  /** The files of all entries. */
  allFiles(): readonly FileFacts[];
  /** The page shares of all entries. */
  allShares(): readonly Share[];
  /** Resolves when the entry is stored. The same id again is the same entry. */
  add(entry: Omit<OutboxEntry, 'state'>): Promise<void>;
  /** Whether the person's message with this id is on the server. Rejects with a FailureError. */
  hasArrived(id: string): Promise<boolean>;
  /** Tries a failed entry, or one that waits, now. */
  resend(id: string): void;
  /** Takes an entry back, unless it is on its way at this moment. */
  discard(id: string): Promise<void>;
  /** Tries everything that waits, now. */
  flush(): void;
  /** The chat is gone, and what was typed into it. */
  drop(chatId: string): void;
}

interface Deps {
  readonly store: Store;
  readonly backend: Backend;
  readonly userId: string;
  readonly signal: AbortSignal;
  readonly emit: Views['emit'];
  random(): number;
  /** Whether messages of this chat can be sent at all yet; it may still be on its way itself. */
  isReady(chatId: string): boolean;
  readonly files: Pick<Files, 'areUploaded' | 'release' | 'retry'>;
  readonly shares: Pick<Shares, 'whole' | 'release'>;
  /** The row is there. */
  onDelivered(message: Message): void;
  onFault(reason: unknown): void;
}

interface Slot {
  entry: OutboxEntry;
  /** The write that stores the entry. */
  stored: Promise<void>;
  /** Takes back the next try by itself. */
  cancelRetry(): void;
}

export function createOutbox(deps: Deps): Outbox {
  const { store, backend, userId, signal, emit, random } = deps;
  /** In the order of creation. */
  const slots = new Map<string, Slot>();
  const pumping = new Set<string>();

  function setState(slot: Slot, state: OutboxState): void {
    slot.entry = { ...slot.entry, state };
    emit(slot.entry.chatId, { name: 'outbox', entry: slot.entry });
  }

  /** Sends the chat's entries one after another, until none is left or one must wait. */
  async function pump(chatId: string): Promise<void> {
    if (pumping.has(chatId) || !deps.isReady(chatId)) return;
    pumping.add(chatId);
    try {
      for (let slot = head(chatId); slot !== undefined && !signal.aborted; slot = head(chatId)) {
        if (!(await send(slot))) return;
      }
    } finally {
      pumping.delete(chatId);
    }
  }

  function head(chatId: string): Slot | undefined {
    return [...slots.values()].find(({ entry }) => entry.chatId === chatId && entry.state.name === 'pending');
  }

  /** False: the chat's entries wait. */
  async function send(slot: Slot): Promise<boolean> {
    const { id, state, files, shares } = slot.entry;
    const attempts = (state.name === 'failed' ? 0 : state.attempts) + 1;
    slot.cancelRetry();
    try {
      // A worker that ended with the entry sent and not stored would leave its files in the composer.
      if (files.length > 0) await slot.stored.catch(() => {});
      if (!slots.has(id)) return true;
      if (!deps.files.areUploaded(files)) return false;
      setState(slot, { name: 'sending', attempts });
      const message = await deliver(slot.entry);
      if (!slots.delete(id)) return true;
      // The message itself takes the entry's place in the views.
      deps.onDelivered(message);
      deps.files.release(files);
      deps.shares.release(shares);
      erase(slot).catch(deps.onFault);
      return true;
    } catch (reason) {
      if (!slots.has(id) || signal.aborted) return !signal.aborted;
      const verdict = judge(toFailure(reason), attempts, random);
      setState(slot, verdict.state);
      if (verdict.state.name === 'failed') {
        write(slot).catch(deps.onFault);
        return true;
      }
      if (verdict.retryIn !== null)
        slot.cancelRetry = callAfter(verdict.retryIn, signal, () => void pump(slot.entry.chatId));
      return false;
    }
  }

  async function deliver(entry: OutboxEntry): Promise<Message> {
    const inserted = await insertMessage(backend, entry, await deps.shares.whole(entry.shares));
    if (inserted !== 'exists') return inserted;
    const message = await readMessage(backend, entry.id);
    if (message === null) throw new FailureError(failure('not_member'));
    if (message.authorId !== userId || message.chatId !== entry.chatId)
      throw new FailureError(failure('unknown', { detail: 'id taken' }));
    return message;
  }

  function write(slot: Slot): Promise<void> {
    slot.stored = slot.stored.catch(() => {}).then(() => writeOutboxEntry(store, userId, slot.entry));
    return slot.stored;
  }

  async function erase({ entry, stored }: Slot): Promise<void> {
    // What could not be stored was told to whoever asked for it.
    await stored.catch(() => {});
    await deleteOutboxEntry(store, entry);
  }

  return {
    async load() {
      for (const entry of await readOutbox(store, userId)) {
        if (slots.has(entry.id)) continue;
        slots.set(entry.id, {
          entry: { ...entry, state: revive(entry.state) },
          stored: Promise.resolve(),
          cancelRetry: () => {},
        });
      }
    },

    entriesOf: (chatId) => [...slots.values()].map(({ entry }) => entry).filter((entry) => entry.chatId === chatId),

    allFiles: () => [...slots.values()].flatMap(({ entry }) => entry.files),
    allShares: () => [...slots.values()].flatMap(({ entry }) => entry.shares),

    async add(fields) {
      const known = slots.get(fields.id);
      if (known !== undefined) return known.stored;
      const entry: OutboxEntry = { ...fields, state: { name: 'pending', attempts: 0 } };
      // Sent while it is being stored: should the worker end in between, the panel asks again, and the row is the same.
      const slot: Slot = { entry, stored: writeOutboxEntry(store, userId, entry), cancelRetry: () => {} };
      slots.set(entry.id, slot);
      void pump(entry.chatId);
      if (slot.entry === entry) emit(entry.chatId, { name: 'outbox', entry });
      await slot.stored;
    },

    hasArrived: async (id) => (await readMessage(backend, id))?.authorId === userId,

    resend(id) {
      const slot = slots.get(id);
      if (slot === undefined || slot.entry.state.name === 'sending') return;
      deps.files.retry(slot.entry.files.map((file) => file.id));
      setState(slot, { name: 'pending', attempts: 0 });
      write(slot).catch(deps.onFault);
      void pump(slot.entry.chatId);
    },

    async discard(id) {
      const slot = slots.get(id);
      if (slot === undefined || slot.entry.state.name === 'sending') return;
      slots.delete(id);
      slot.cancelRetry();
      emit(slot.entry.chatId, { name: 'outbox-removed', id });
      deps.files.release(slot.entry.files);
      deps.shares.release(slot.entry.shares);
      await erase(slot);
      void pump(slot.entry.chatId);
    },

    flush() {
      for (const chatId of new Set([...slots.values()].map(({ entry }) => entry.chatId))) void pump(chatId);
    },

    drop(chatId) {
      for (const [id, slot] of slots) {
        if (slot.entry.chatId !== chatId) continue;
        slot.cancelRetry();
        slots.delete(id);
      }
    },
  };
}
