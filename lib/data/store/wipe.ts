import { partsOf } from './ranges.ts';
import type { Store, TableName, WriteTransaction } from './store.ts';

const COPIES = ['chats', 'messages', 'members', 'people', 'avatars'] as const;
const TYPED = ['outbox', 'drafts', 'uploads', 'shares'] as const;
const ALL: TableName[] = ['facts', 'parts', ...COPIES, ...TYPED];
const PERSONAL = ['me', 'lastChat', 'told', 'quietHours', 'blocked'] as const;

/** Forgets what can be read from the server again. What was typed and not sent stays, each person's for that person. */
export function forgetCopies(store: Store): Promise<void> {
  return store.write(ALL, clearCopies);
}

/** Forgets the session and all copies at one stroke, and, when told whose, what that person typed and did not send. */
export function forgetSession(store: Store, unsentOf: string | null): Promise<void> {
  return store.write(ALL, async (transaction) => {
    await transaction.objectStore('facts').delete('session');
    await clearCopies(transaction);
    for (const table of TYPED) {
      for await (const cursor of transaction.objectStore(table)) {
        if (cursor.value.userId !== unsentOf) continue;
        if (table === 'uploads') await transaction.objectStore('parts').delete(partsOf(String(cursor.key)));
        await cursor.delete();
      }
    }
  });
}

async function clearCopies(transaction: WriteTransaction<TableName>): Promise<void> {
  const facts = transaction.objectStore('facts');
  await Promise.all(PERSONAL.map((key) => facts.delete(key)));
  for (const table of COPIES) await transaction.objectStore(table).clear();
}
