import type { Member, Person } from '../../model/chat.ts';
import { membersOf } from './ranges.ts';
import type { Store } from './store.ts';

/** Everyone of whom a face is known. */
export function readPeople(store: Store): Promise<Person[]> {
  return store.read(['people'], (transaction) => transaction.objectStore('people').getAll());
}

export function writePeople(store: Store, people: readonly Person[]): Promise<void> {
  return store.write(['people'], async (transaction) => {
    for (const person of people) await transaction.objectStore('people').put(person);
  });
}

/** As last heard, by time of joining; empty when never read. */
export function readMembers(store: Store, chatId: string): Promise<Member[]> {
  return store.read(['members'], async (transaction) => {
    const rows = await transaction.objectStore('members').getAll(membersOf(chatId));
    return rows.map(({ chatId: _, ...member }) => member).sort((a, b) => (a.joinedAt < b.joinedAt ? -1 : 1));
  });
}
