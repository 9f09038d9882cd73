import type { OutboxEntry } from '../../model/outbox.ts';
import { partsOf } from './ranges.ts';
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

/** The entry is on the server as a message, or was taken back: it goes together with its files and page shares, which nothing else keeps. */
export function deleteOutboxEntry(
  store: Store,
  { id, files, shares }: Pick<OutboxEntry, 'id' | 'files' | 'shares'>,
): Promise<void> {
  return store.write(['outbox', 'uploads', 'parts', 'shares'], async (transaction) => {
    const outbox = transaction.objectStore('outbox');
    const order = await outbox.index('id').getKey(id);
    if (order !== undefined) await outbox.delete(order);
    for (const file of files) {
      await transaction.objectStore('uploads').delete(file.id);
      await transaction.objectStore('parts').delete(partsOf(file.id));
    }
    for (const share of shares) await transaction.objectStore('shares').delete(share.id);
  });
}
