import 'fake-indexeddb/auto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBackend } from '../../../lib/data/backend.ts';
import { readChat } from '../../../lib/data/store/messages.ts';
import { openStore } from '../../../lib/data/store/store.ts';
import { createSync } from '../../../lib/hub/sync.ts';
import type { ChatSummary } from '../../../lib/model/chat.ts';
import { newId } from '../../../lib/model/ids.ts';

const chatId = newId();
const line = {
  ...{ id: chatId, kind: 'group', title: 'Trip', instructions: '', reply_mode: 'mention', epoch: 1, creator_id: null },
  ...{ created_at: '2026-11-27T12:00:00Z', last_seq: 3, last_read_seq: 0, unread: 3, member_count: 2 },
  ...{ notification_level: 'all', last_message: null },
};
/** Says that the person is in one chat. */
const server = createServer((_, answer) => {
  answer.writeHead(200, { 'content-type': 'application/json' });
  answer.end(JSON.stringify([line]));
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

test('[MEM4] of a chat that is lost while it is taken into the store nothing stays', async () => {
  const list = new Map<string, ChatSummary>();
  const faults: unknown[] = [];
  const backend = createBackend({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    publishableKey: 'key',
    signal: end.signal,
    onReach() {},
    tokens: { current: async () => 'token', renew: async () => null },
    reconnectDelay: () => 1,
  });
  let isGoing = true;
  const nothing = () => {};
  const sync = createSync({
    ...{ store, backend, userId: 'ana', signal: end.signal },
    chats: {
      get(id) {
        // The word comes right after the hub looked whether it knows the chat.
        if (isGoing) queueMicrotask(() => sync.drop(id));
        isGoing = false;
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
