import type { OutboxEntry } from '../../model/outbox.ts';
import type { Store } from './store.ts';

/** A person's unsent entries in the order in which they were made. */
export function readOutbox(store: Store, userId: string): Promise<OutboxEntry[]> {
  return store.read(['outbox'], async (transaction) => {
    const rows = await transaction.objectStore('outbox').getAll();
    // Entries of an earlier version know no files, or no shares.
    return rows
      .filter((row) => row.userId === userId)
      .map(({ entry }) => ({ ...entry, files: entry.files ?? [], shares: entry.shares ?? [] }));
  });
}

/** Adds an entry, or stores the new state of one that is there, in its old place. A new one takes the place of the chat's draft. */
export function writeOutboxEntry(store: Store, userId: string, entry: OutboxEntry): Promise<void> {
  return store.write(['outbox', 'drafts'], async (transaction) => {
    const outbox = transaction.objectStore('outbox');
    const order = await outbox.index('id').getKey(entry.id);
    if (order === undefined) await transaction.objectStore('drafts').delete([userId, entry.chatId]);
    await outbox.put({ ...(order === undefined ? {} : { order }), id: entry.id, userId, entry });
  });
}

/** The entry goes, and its page shares with it. */
export function deleteOutboxEntry(store: Store, entryId: string): Promise<void> {
  return store.write(['outbox', 'shares'], async (transaction) => {
    const outbox = transaction.objectStore('outbox');
    const order = await outbox.index('id').getKey(entryId);
    if (order === undefined) return;
    const row = await outbox.get(order);
    for (const { id } of row?.entry.shares ?? []) await transaction.objectStore('shares').delete(id);
    await outbox.delete(order);
  });
}
