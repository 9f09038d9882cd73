import type { Backend } from '../data/backend.ts';
import { readPages } from '../data/shares.ts';
import { digitOf } from '../model/page-lookup.ts';
import type { PageInChat } from '../model/share.ts';

/** Where the page of this hash was shared, in the chats of whoever is signed in. The server hears its first digit. */
export async function findPage(backend: Backend, hash: string): Promise<readonly PageInChat[]> {
  const found = await readPages(backend, digitOf(hash));
  return found.flatMap(({ pageHash, ...chat }) => (pageHash === hash ? [chat] : []));
}
