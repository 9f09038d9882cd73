import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readAvatar, writeAvatar } from '../../../lib/data/store/avatars.ts';
import { beginChat, deleteChat, readChats } from '../../../lib/data/store/chats.ts';
import { readDraft, writeDraft } from '../../../lib/data/store/drafts.ts';
import { readFact, writeFact } from '../../../lib/data/store/facts.ts';
import {
  readChat,
  readMessages,
  readMessagesAfter,
  writeChanges,
  writeView,
} from '../../../lib/data/store/messages.ts';
import { deleteOutboxEntry, readOutbox, writeOutboxEntry } from '../../../lib/data/store/outbox.ts';
import { readMembers, readPeople } from '../../../lib/data/store/people.ts';
import { VERSION } from '../../../lib/data/store/schema.ts';
import { openStore, type Store } from '../../../lib/data/store/store.ts';
import { forgetCopies, forgetSession } from '../../../lib/data/store/wipe.ts';
import type { Message } from '../../../lib/model/chat.ts';
import { newId } from '../../../lib/model/ids.ts';
import type { OutboxEntry } from '../../../lib/model/outbox.ts';
import { aMessage, anEntry, aSummary, aView } from './fixtures.ts';

const heard = (seq: number, fields = {}) =>
  ({ kind: 'message', chatId: 'chat', seq, message: aMessage({ seq, ...fields }) }) as const;

/** Stores the messages with these seqs as changes that follow the cursor before them. */
function hear(store: Store, from: number, to: number) {
  const changes = Array.from({ length: to - from }, (_, index) => heard(from + index + 1));
  return writeChanges(store, { chatId: 'chat', from, to, changes, summary: aSummary({ lastSeq: to }) });
}

describe('the local store', () => {
  let name: string;
  let store: Store;

  beforeEach(() => {
    name = newId();
    store = openStore(name);
  });
  afterEach(() => store.close());

  test('[MSG3] a page is never read past the cursor, where messages may be missing', async () => {
    await beginChat(store, aSummary({ lastSeq: 4 }));
    await hear(store, 4, 6);
    await writeView(store, aView({ messages: [5, 6, 9].map((seq) => aMessage({ seq })) }));
    const page = await readMessagesAfter(store, 'chat', { afterSeq: 4, upTo: 6, limit: 40 });
    expect(page.messages.map(({ seq }) => seq)).toEqual([5, 6]);
    expect(await readMessagesAfter(store, 'chat', { afterSeq: 4, upTo: 6, limit: 1 })).toMatchObject({
      hasNewer: true,
    });
  });

  test('[MSG3] behind the newest message, at the cursor, stands nothing', async () => {
    await beginChat(store, aSummary({ lastSeq: 4 }));
    await hear(store, 4, 6);
    const nothing = { messages: [], hasNewer: false };
    expect(await readMessagesAfter(store, 'chat', { afterSeq: 6, upTo: 6, limit: 40 })).toEqual(nothing);
    expect(await readMessagesAfter(store, 'chat', { afterSeq: 7, upTo: 6, limit: 40 })).toEqual(nothing);
  });

  test('[MSG3] a change and the cursor that counts it are stored together, or neither is', async () => {
    await beginChat(store, aSummary({ lastSeq: 4 }));
    expect(await hear(store, 4, 6)).toBe(6);
    const unstorable = heard(8, { body: () => 'a function' });
    const summary = aSummary();
    const writing = writeChanges(store, { chatId: 'chat', from: 6, to: 8, changes: [heard(7), unstorable], summary });
    await expect(writing).rejects.toThrow();
    expect(await readChat(store, 'chat')).toMatchObject({ cursor: 6 });
    expect((await readMessages(store, 'chat', { limit: 50 })).map(({ seq }) => seq)).toEqual([5, 6]);
  });

  test('[MSG3] changes that do not continue the stored cursor are refused with that cursor', async () => {
    await beginChat(store, aSummary({ lastSeq: 4 }));
    expect(await hear(store, 5, 7)).toBe(4);
    expect(await readMessages(store, 'chat', { limit: 50 })).toEqual([]);
    expect(await writeChanges(store, { chatId: 'none', from: 0, to: 1, changes: [], summary: aSummary() })).toBe(null);
  });

  test('a chat keeps its latest messages without a hole, and says where they begin', async () => {
    await beginChat(store, aSummary());
    for (let seq = 0; seq < 700; seq += 100) await hear(store, seq, seq + 100);
    const kept = await readMessages(store, 'chat', { limit: 1000 });
    const { floor } = (await readChat(store, 'chat'))!;
    expect(kept[0]?.seq).toBe(floor);
    expect(kept.map(({ seq }) => seq)).toEqual(Array.from(kept, (_, index) => floor + index));
    expect(kept.length).toBeGreaterThanOrEqual(500);
    expect(kept.length).toBeLessThanOrEqual(625);
    await writeChanges(store, {
      ...{ chatId: 'chat', from: 700, to: 701, summary: aSummary() },
      changes: [{ ...heard(701), message: aMessage({ seq: 3, body: 'edited' }) }],
    });
    expect((await readMessages(store, 'chat', { limit: 1000 }))[0]?.seq).toBe(floor);
  });

  test('pages are read backwards', async () => {
    await beginChat(store, aSummary());
    await hear(store, 0, 9);
    const seqs = async (page: { beforeSeq?: number; limit: number }) =>
      (await readMessages(store, 'chat', page)).map(({ seq }) => seq);
    expect(await seqs({ limit: 3 })).toEqual([7, 8, 9]);
    expect(await seqs({ limit: 3, beforeSeq: 7 })).toEqual([4, 5, 6]);
    expect(await seqs({ limit: 30, beforeSeq: 3 })).toEqual([1, 2]);
    expect(await seqs({ limit: 3, beforeSeq: 1 })).toEqual([]);
  });

  test('a view that was read is stored with its members, and its beginning is known as the beginning', async () => {
    await beginChat(store, aSummary({ lastSeq: 2 }));
    const ana = { id: 'ana', displayName: 'Ana', username: 'ana', avatarPath: null };
    const member = { ...ana, role: 'creator', joinedAt: '2026-11-23T12:00:00.000Z' } as const;
    const messages = [aMessage({ seq: 1 }), aMessage({ seq: 2 })];
    await writeView(store, aView({ messages, members: [member], people: { ana } }));
    expect(await readChat(store, 'chat')).toMatchObject({ floor: 0, cursor: 2 });
    expect(await readMembers(store, 'chat')).toEqual([member]);
    expect(await readPeople(store)).toEqual([ana]);
    await beginChat(store, aSummary({ lastSeq: 900 }));
    expect(await readChat(store, 'chat')).toMatchObject({ floor: 901, cursor: 900 });
    expect(await readMessages(store, 'chat', { limit: 9 })).toEqual([]);
  });

  test('[MSG2] entries keep their order through new states, and a new one takes the place of the draft', async () => {
    await writeDraft(store, 'ana', 'chat', 'half typed');
    for (const id of ['c', 'a', 'b']) await writeOutboxEntry(store, 'ana', anEntry({ id }));
    await writeDraft(store, 'ana', 'chat', 'the next');
    await writeOutboxEntry(store, 'ana', anEntry({ id: 'c', state: { name: 'pending', attempts: 2 } }));
    await writeOutboxEntry(store, 'ben', anEntry({ id: 'z' }));
    expect((await readOutbox(store, 'ana')).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
    expect(await readDraft(store, 'ana', 'chat')).toBe('the next');
    await deleteOutboxEntry(store, anEntry({ id: 'a' }));
    expect((await readOutbox(store, 'ana')).map(({ id }) => id)).toEqual(['c', 'b']);
    await writeOutboxEntry(store, 'ana', anEntry({ id: 'd' }));
    expect(await readDraft(store, 'ana', 'chat')).toBe('');
  });

  test('[MEM4] of a chat that is gone nothing stays, and of others everything', async () => {
    await beginChat(store, aSummary());
    await beginChat(store, aSummary({ id: 'other' }));
    await hear(store, 0, 3);
    await writeDraft(store, 'ana', 'chat', 'typed');
    await writeOutboxEntry(store, 'ana', anEntry());
    await writeOutboxEntry(store, 'ana', anEntry({ id: 'elsewhere', chatId: 'other' }));
    await writeDraft(store, 'ana', 'other', 'kept');
    await deleteChat(store, 'chat', 'ana');
    expect(await readMessages(store, 'chat', { limit: 9 })).toEqual([]);
    expect(await readDraft(store, 'ana', 'chat')).toBe('');
    expect((await readChats(store)).map(({ id }) => id)).toEqual(['other']);
    expect((await readOutbox(store, 'ana')).map(({ id }) => id)).toEqual(['elsewhere']);
    expect(await readDraft(store, 'ana', 'other')).toBe('kept');
  });

  test('a session that ends takes the copies along; what was typed goes only when its person wants it', async () => {
    const session = { accessToken: 'a', refreshToken: 'r', expiresAt: 1, userId: 'ana', email: 'a@example.test' };
    await writeFact(store, 'session', session);
    await beginChat(store, aSummary());
    await writeOutboxEntry(store, 'ana', anEntry());
    await writeOutboxEntry(store, 'ben', anEntry({ id: 'other' }));
    await forgetCopies(store);
    expect(await readFact(store, 'session')).toEqual(session);
    await forgetSession(store, null);
    expect([await readFact(store, 'session'), await readChats(store)]).toEqual([null, []]);
    expect(await readOutbox(store, 'ana')).toHaveLength(1);
    await forgetSession(store, 'ana');
    expect([await readOutbox(store, 'ana'), (await readOutbox(store, 'ben')).length]).toEqual([[], 1]);
  });

  test('what an earlier version stored is read with what it did not know of', async () => {
    const { sources: _, shares: __, ...message } = aMessage({ seq: 1 });
    const { shares: ___, ...entry } = anEntry({ id: 'old' });
    await beginChat(store, aSummary({ lastSeq: 0, lastMessage: message as Message }));
    await store.write(['messages', 'outbox'], async (transaction) => {
      await transaction.objectStore('messages').put(message as Message);
      await transaction.objectStore('outbox').put({ id: 'old', userId: 'me', entry: entry as OutboxEntry });
    });
    const missing = { sources: [], shares: [] };
    expect(await readMessages(store, 'chat', { limit: 1 })).toMatchObject([missing]);
    expect((await readMessagesAfter(store, 'chat', { afterSeq: 0, upTo: 1, limit: 1 })).messages).toMatchObject([
      missing,
    ]);
    expect((await readChats(store))[0]?.summary.lastMessage).toMatchObject(missing);
    expect(await readOutbox(store, 'me')).toMatchObject([{ shares: [] }]);
  });

  test('of the pictures the oldest go', async () => {
    for (let at = 0; at < 205; at++) await writeAvatar(store, `picture ${at}`, 'data:', at);
    expect(await readAvatar(store, 'picture 4')).toBe(null);
    expect(await readAvatar(store, 'picture 5')).toBe('data:');
  });

  test('a database that was closed under us is opened again', async () => {
    await writeFact(store, 'intent', 'token');
    // Another version of the extension upgrades: it may, and this one works with it as long as it can.
    const other = await openDB(name, VERSION + 1);
    other.close();
    await expect(readFact(store, 'intent')).rejects.toThrow();
    const second = openStore(newId());
    await writeFact(second, 'intent', 'token');
    await second.read(['facts'], async (transaction) => transaction.db.close());
    expect(await readFact(second, 'intent')).toBe('token');
    await second.close();
    await expect(readFact(second, 'intent')).rejects.toThrow('closed');
  });
});
