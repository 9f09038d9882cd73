import 'fake-indexeddb/auto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBackend } from '../../../lib/data/backend.ts';
import { readChat } from '../../../lib/data/store/messages.ts';
import { openStore } from '../../../lib/data/store/store.ts';
import { createSync, type Sync } from '../../../lib/hub/sync.ts';
import type { ChatSummary } from '../../../lib/model/chat.ts';
import { newId } from '../../../lib/model/ids.ts';

const chatId = newId();
const line = {
  ...{ id: chatId, kind: 'group', title: 'Trip', instructions: '', reply_mode: 'mention', epoch: 1, creator_id: null },
  ...{ created_at: '2026-11-27T12:00:00Z', last_seq: 3, last_read_seq: 0, unread: 3, member_count: 2 },
  ...{ notification_level: 'all', last_message: null },
};
/** Runs before the list is sent, and after it was made. */
let meanwhile: () => Promise<void> = async () => {};
/** Says that the person is in one chat. */
const server = createServer(async (_, answer) => {
  const list = JSON.stringify([line]);
  await meanwhile();
  answer.writeHead(200, { 'content-type': 'application/json' });
  answer.end(list);
});
const store = openStore(newId());
const end = new AbortController();

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  end.abort();
  await store.close();
  server.close();
});

/** `onLook`: the hub looks whether it knows a chat. */
function setUp(onLook: (id: string) => void = () => {}) {
  const list = new Map<string, ChatSummary>();
  const faults: unknown[] = [];
  const nothing = () => {};
  const backend = createBackend({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    publishableKey: 'key',
    signal: end.signal,
    onReach() {},
    tokens: { current: async () => 'token', renew: async () => null },
    reconnectDelay: () => 1,
  });
  const sync: Sync = createSync({
    ...{ store, backend, userId: 'ana', signal: end.signal },
    chats: {
      get(id) {
        onLook(id);
        return list.get(id);
      },
      all: () => [...list.values()],
      set: (summary) => void list.set(summary.id, summary),
      remove: (id) => void list.delete(id),
      markLoaded: nothing,
      publish: nothing,
    },
    muffle: (change) => change,
    ...{ onChanges: nothing, onCounted: nothing, onSummary: nothing, onRestart: nothing, onGone: nothing },
    ...{ onSwept: nothing, onReadAhead: nothing, onStranger: nothing },
    onFault: (reason) => void faults.push(reason),
  });
  return { sync, list, faults };
}

test('[MEM4] of a chat that is lost while it is taken into the store nothing stays', async () => {
  let isGoing = true;
  const { sync, list, faults } = setUp((id) => {
    // The word comes right after the hub looked whether it knows the chat.
    if (isGoing) queueMicrotask(() => sync.drop(id));
    isGoing = false;
  });
  await sync.sweep();
  expect(isGoing).toBe(false);
  expect([...list.keys()]).toEqual([]);
  expect(await readChat(store, chatId)).toBeUndefined();

  // Back again, it is taken up as any other.
  await sync.sweep();
  expect([...list.keys()]).toEqual([chatId]);
  expect(await readChat(store, chatId)).toMatchObject({ cursor: 3, floor: 4 });
  expect(faults).toEqual([]);
});

test('[CHAT3] what the person changes while the list is on its way is not undone by it, and is stored', async () => {
  const { sync, list, faults } = setUp();
  await sync.sweep();
  meanwhile = () => sync.takeOver(chatId, { notificationLevel: 'none' });
  await sync.sweep();
  expect(list.get(chatId)?.notificationLevel).toBe('none');
  expect((await readChat(store, chatId))?.summary.notificationLevel).toBe('none');

  // What the next list says was changed somewhere else.
  meanwhile = async () => {};
  await sync.sweep();
  expect(list.get(chatId)?.notificationLevel).toBe('all');
  expect(faults).toEqual([]);
});
