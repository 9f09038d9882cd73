import type { Store } from './store.ts';

/** Forgets what can be read from the server again. What was typed and not sent stays, each person's for that person. */
export function forgetCopies(store: Store): Promise<void> {
  return store.write(['facts', 'chats', 'messages', 'members', 'people', 'avatars'], async (transaction) => {
    const facts = transaction.objectStore('facts');
    await Promise.all([facts.delete('me'), facts.delete('lastChat')]);
    for (const table of ['chats', 'messages', 'members', 'people', 'avatars'] as const)
      await transaction.objectStore(table).clear();
  });
}

/** Forgets what this person typed and did not send. */
export function forgetUnsent(store: Store, userId: string): Promise<void> {
  return store.write(['outbox', 'drafts'], async (transaction) => {
    for (const table of ['outbox', 'drafts'] as const) {
      for await (const cursor of transaction.objectStore(table))
        if (cursor.value.userId === userId) await cursor.delete();
    }
  });
}
