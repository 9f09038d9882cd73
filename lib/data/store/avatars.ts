import type { Store } from './store.ts';

/** How many pictures are kept; the oldest go first. */
const KEPT = 200;

/** The picture as data URL, or null when it is not stored. */
export function readAvatar(store: Store, path: string): Promise<string | null> {
  return store.read(
    ['avatars'],
    async (transaction) => (await transaction.objectStore('avatars').get(path))?.dataUrl ?? null,
  );
}

export function writeAvatar(store: Store, path: string, dataUrl: string, now: number): Promise<void> {
  return store.write(['avatars'], async (transaction) => {
    const avatars = transaction.objectStore('avatars');
    await avatars.put({ path, dataUrl, storedAt: now });
    for (const key of (await avatars.index('age').getAllKeys()).slice(0, -KEPT)) await avatars.delete(key);
  });
}
