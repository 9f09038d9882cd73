import { downloadAvatar } from '../data/avatars.ts';
import type { Backend } from '../data/backend.ts';
import { readAvatar, writeAvatar } from '../data/store/avatars.ts';
import type { Store } from '../data/store/store.ts';

/** Profile pictures as data URLs: panels load nothing from elsewhere. A path's picture never changes. */
export interface Avatars {
  /** Null when there is none (any more). */
  read(path: string): Promise<string | null>;
}

export function createAvatars({ store, backend, now }: { store: Store; backend: Backend; now(): number }): Avatars {
  const reading = new Map<string, Promise<string | null>>();

  async function read(path: string): Promise<string | null> {
    const stored = await readAvatar(store, path);
    if (stored !== null) return stored;
    const dataUrl = await downloadAvatar(backend, path);
    if (dataUrl !== null) await writeAvatar(store, path, dataUrl, now());
    return dataUrl;
  }

  return {
    read(path) {
      const known = reading.get(path);
      if (known !== undefined) return known;
      const begun = read(path).finally(() => reading.delete(path));
      reading.set(path, begun);
      return begun;
    },
  };
}
