import type { Store } from './store.ts';

/** Empty when there is none. */
export function readDraft(store: Store, userId: string, chatId: string): Promise<string> {
  return store.read(
    ['drafts'],
    async (transaction) => (await transaction.objectStore('drafts').get([userId, chatId]))?.text ?? '',
  );
}

export function writeDraft(store: Store, userId: string, chatId: string, text: string): Promise<void> {
  return store.write(['drafts'], async (transaction) => {
    const drafts = transaction.objectStore('drafts');
    await (text === '' ? drafts.delete([userId, chatId]) : drafts.put({ userId, chatId, text }));
  });
}
