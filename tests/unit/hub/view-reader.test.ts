import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { Backend } from '../../../lib/data/backend.ts';
import { beginChat } from '../../../lib/data/store/chats.ts';
import { writeChanges } from '../../../lib/data/store/messages.ts';
import { openStore } from '../../../lib/data/store/store.ts';
import type { People } from '../../../lib/hub/people.ts';
import { createViewReader } from '../../../lib/hub/view-reader.ts';
import { newId } from '../../../lib/model/ids.ts';
import { aMessage, anEntry, aSummary } from './fixtures.ts';

test('[MSG2] what was stored as a message before its worker ended is not shown as waiting too', async () => {
  const store = openStore(newId());
  const summary = aSummary({ lastSeq: 1 });
  const message = aMessage({ seq: 1 });
  await beginChat(store, aSummary({ lastSeq: 0 }));
  const changes = [{ kind: 'message', chatId: 'chat', seq: 1, message }] as const;
  await writeChanges(store, { chatId: 'chat', from: 0, to: 1, changes, summary });
  const reader = createViewReader({
    store,
    backend: {} as Backend,
    people: { learn: () => {}, want: () => {}, get: () => undefined } as unknown as People,
    userId: 'me',
    summary: () => summary,
    outboxOf: () => [anEntry({ id: message.id }), anEntry({ id: 'waits' })],
    filesOf: () => [],
    sharesOf: () => [],
    whenCreated: async () => {},
  });
  const { view } = await reader.readStored('chat');
  expect(view?.messages.map(({ id }) => id)).toEqual([message.id]);
  expect(view?.outbox.map(({ id }) => id)).toEqual(['waits']);
  await store.close();
});
