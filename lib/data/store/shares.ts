import type { WholeShare } from '../../model/share.ts';
import type { StoredShare } from './schema.ts';
import type { Store } from './store.ts';

/** What a person shared of pages and has not sent, or not got through, the oldest first. */
export function readShares(store: Store, userId: string): Promise<StoredShare[]> {
  return store.read(['shares'], async (transaction) => {
    const shares = await transaction.objectStore('shares').getAll();
    return shares.filter((share) => share.userId === userId).sort((a, b) => a.storedAt - b.storedAt);
  });
}

export function writeShare(store: Store, share: StoredShare): Promise<void> {
  return store.write(['shares'], async (transaction) => {
    await transaction.objectStore('shares').put(share);
  });
}

/** The shares that are here, in this order. */
export function readWholeShares(store: Store, ids: readonly string[]): Promise<WholeShare[]> {
  return store.read(['shares'], async (transaction) => {
    const stored = await Promise.all(ids.map((id) => transaction.objectStore('shares').get(id)));
    return stored.flatMap((share) => (share === undefined ? [] : [share.share]));
  });
}

export function deleteShare(store: Store, id: string): Promise<void> {
  return store.write(['shares'], async (transaction) => {
    await transaction.objectStore('shares').delete(id);
  });
}
