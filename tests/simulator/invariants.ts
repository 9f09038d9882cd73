import { readChats } from '../../lib/data/store/chats.ts';
import { readMessages } from '../../lib/data/store/messages.ts';
import { readOutbox } from '../../lib/data/store/outbox.ts';
import { openStore, type Store } from '../../lib/data/store/store.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { type Book, readAs, readBook } from './book.ts';
import type { Inhabitant, World } from './world.ts';

/**
 * What is not as it has to be, in sentences; nothing once all have settled. What may still come is told as well: whoever asks
 * waits until nothing is left, or until it has been long enough.
 */
export async function findFaults(world: World): Promise<string[]> {
  const books = new Map<string, Book>();
  for (const chatId of world.chatIds) books.set(chatId, await readBook(world.server.sql, chatId));
  const faults = [...world.sights, ...[...books.values()].flatMap(({ gaps }) => gaps)];
  for (const person of world.people) {
    const store = openStore(person.browser.storeName);
    try {
      for (const book of books.values()) {
        const found = book.members.has(person.id)
          ? inside(world, person, store, book)
          : outside(world, person, store, book);
        faults.push(...(await found).map((fault) => `${person.name}: ${fault}`));
      }
      faults.push(...(await unkept(world, person, store, books)).map((fault) => `${person.name}: ${fault}`));
    } finally {
      await store.close();
    }
  }
  return faults;
}

/** A member's store and panel hold what the server shows this member, in its order. */
async function inside({ server }: World, person: Inhabitant, store: Store, book: Book): Promise<string[]> {
  const faults: string[] = [];
  const truth = (await readAs(server.sql, person.id, book.chatId)).join();
  const chat = (await readChats(store)).find(({ id }) => id === book.chatId);
  if (chat === undefined) return ['is a member, and the store does not know it'];
  if (chat.cursor !== book.lastSeq) faults.push(`the store is at ${chat.cursor}, the server at ${book.lastSeq}`);
  const stored = (await readMessages(store, book.chatId, { limit: 10_000 })).map(({ id }) => id).join();
  if (!truth.endsWith(stored)) faults.push('the store is not the end of what the server has');
  const panel = person.panels.get(book.chatId);
  if (panel?.snapshot().chatId !== book.chatId) panel?.watch(book.chatId);
  const view = panel?.snapshot().view;
  if (!view) return [...faults, 'the panel shows nothing of the chat'];
  // Opened where the unread began: the reader goes to the end.
  if (view.hasNewer) panel?.showAround(null).catch(() => {});
  const shown = view.messages.map(({ id }) => id).join();
  if (view.hasOlder ? !truth.endsWith(shown) : truth !== shown)
    faults.push(`the panel shows another chat than the server: ${compare(view, truth)}`);
  const waiting = view.outbox.filter(({ state }) => state.name !== 'failed').length;
  if (waiting > 0) faults.push(`${waiting} messages wait`);
  return faults;
}

/** Where a panel and the server part, for whoever looks for the reason. */
function compare({ messages, hasOlder, hasNewer, follows }: ChatView, truth: string): string {
  const ids = truth.split(',');
  const shown = new Set(messages.map(({ id }) => id));
  const missing = ids.flatMap((id, index) => (shown.has(id) ? [] : [index]));
  const facts = { shown: messages.length, stored: ids.length, first: messages[0]?.seq, hasOlder, hasNewer, follows };
  return `${JSON.stringify(facts)}, missing at ${missing.slice(0, 20).join()}`;
}

/** Nothing of the chat is left with somebody who went, and nothing from afterwards was ever shown. */
async function outside({ server }: World, person: Inhabitant, store: Store, book: Book): Promise<string[]> {
  const faults: string[] = [];
  const removedAt = book.removals.get(person.id) ?? Number.POSITIVE_INFINITY;
  const late = [...(person.seen.get(book.chatId) ?? [])].filter((seq) => seq > removedAt);
  if (late.length > 0) faults.push(`was removed at ${removedAt} and saw ${late.join()}`);
  if ((await readMessages(store, book.chatId, { limit: 1 })).length > 0)
    faults.push('went, and the store kept messages');
  if ((await readChats(store)).some(({ id }) => id === book.chatId)) faults.push('went, and the store kept the chat');
  if (person.panels.get(book.chatId)?.snapshot().view) faults.push('went, and the panel shows the chat');
  if ((await readAs(server.sql, person.id, book.chatId)).length > 0) faults.push('went, and may read on');
  return faults;
}

/** What a hub took over is on the server, or stands in its outbox with the reason; it may go only together with the chat. */
async function unkept(
  { accepted }: World,
  person: Inhabitant,
  store: Store,
  books: ReadonlyMap<string, Book>,
): Promise<string[]> {
  const entries = new Map((await readOutbox(store, person.id)).map((entry) => [entry.id, entry]));
  const faults: string[] = [];
  for (const { id, chatId } of accepted.filter(({ authorId }) => authorId === person.id)) {
    const book = books.get(chatId);
    const entry = entries.get(id);
    const isStored = book?.ids.has(id) === true;
    if (isStored && entry !== undefined) faults.push('a message is on the server and in the outbox');
    if (isStored || entry?.state.name === 'failed') continue;
    if (entry !== undefined) faults.push(`a message is ${entry.state.name}`);
    else if (book?.removals.has(person.id) !== true) faults.push(`the accepted message ${id} is lost`);
  }
  return faults;
}
