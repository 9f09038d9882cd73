import { deleteShare, readShares, readWholeShares, writeShare } from '../data/store/shares.ts';
import type { Store } from '../data/store/store.ts';
import { FailureError, failure } from '../model/failure.ts';
import { lightShare, MAX_SHARES, type Share, type WholeShare } from '../model/share.ts';
import type { Views } from './views.ts';

/** Page shares on their way: stored whole as soon as they stand in a composer, and kept until their message is there. */
export interface Shares {
  /** `sent`: ids of the shares that go with a message in the outbox. */
  load(sent: ReadonlySet<string>): Promise<void>;
  /** What stands in the chat's composer, the oldest first. */
  stagedOf(chatId: string): readonly Share[];
  /** The same id again is the same share. Rejects with `too_many_shares`. */
  stage(chatId: string, share: WholeShare): Promise<void>;
  /** Takes shares out of the composer: they go with a message from now on. Throws `share_missing`. */
  take(ids: readonly string[]): readonly Share[];
  /** As they are sent. Rejects with `share_missing`. */
  whole(shares: readonly Share[]): Promise<readonly WholeShare[]>;
  /** Their message is there, or was taken back. Its entry takes them out of the store. */
  release(shares: readonly Share[]): void;
  discard(id: string): Promise<void>;
  /** A share that is still here; null for any other. */
  read(id: string): Promise<WholeShare | null>;
  /** The chat is gone. */
  drop(chatId: string): void;
}

interface Deps {
  readonly store: Store;
  readonly userId: string;
  readonly emit: Views['emit'];
  now(): number;
}

export function createShares({ store, userId, emit, now }: Deps): Shares {
  const slots = new Map<string, { readonly chatId: string; readonly share: Share; isSent: boolean }>();

  function stagedOf(chatId: string): readonly Share[] {
    return [...slots.values()].filter((slot) => slot.chatId === chatId && !slot.isSent).map(({ share }) => share);
  }

  return {
    async load(sent) {
      for (const { chatId, share } of await readShares(store, userId))
        slots.set(share.id, { chatId, share: lightShare(share), isSent: sent.has(share.id) });
    },

    stagedOf,

    async stage(chatId, share) {
      if (slots.has(share.id)) return;
      if (stagedOf(chatId).length >= MAX_SHARES) throw new FailureError(failure('too_many_shares'));
      const slot = { chatId, share: lightShare(share), isSent: false };
      slots.set(share.id, slot);
      await writeShare(store, { id: share.id, userId, chatId, share, storedAt: now() });
      if (slots.get(share.id) === slot && !slot.isSent) emit(chatId, { name: 'share', share: slot.share });
    },

    take(ids) {
      const found = ids.map((id) => slots.get(id)).filter((slot) => slot !== undefined);
      if (found.length < ids.length) throw new FailureError(failure('share_missing'));
      for (const slot of found) {
        slot.isSent = true;
        emit(slot.chatId, { name: 'share-removed', id: slot.share.id });
      }
      return found.map(({ share }) => share);
    },

    async whole(shares) {
      if (shares.length === 0) return [];
      const found = await readWholeShares(
        store,
        shares.map(({ id }) => id),
      );
      if (found.length < shares.length) throw new FailureError(failure('share_missing'));
      return found;
    },

    release(shares) {
      for (const { id } of shares) slots.delete(id);
    },

    async discard(id) {
      const slot = slots.get(id);
      if (slot === undefined) return;
      slots.delete(id);
      emit(slot.chatId, { name: 'share-removed', id });
      await deleteShare(store, id);
    },

    async read(id) {
      return slots.has(id) ? ((await readWholeShares(store, [id]))[0] ?? null) : null;
    },

    drop(chatId) {
      for (const [id, slot] of slots) if (slot.chatId === chatId) slots.delete(id);
    },
  };
}
