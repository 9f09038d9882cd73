import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { beginChat, readChats } from '../../../lib/data/store/chats.ts';
import { writeChanges } from '../../../lib/data/store/messages.ts';
import { openStore, type Store } from '../../../lib/data/store/store.ts';
import { createNotifier, type Notifier, readTold } from '../../../lib/hub/notifier.ts';
import { summaryAfter, summaryRead } from '../../../lib/hub/summary.ts';
import type { ChatSummary, Message } from '../../../lib/model/chat.ts';
import { newId } from '../../../lib/model/ids.ts';
import { type RecordedNotifications, recordNotifications } from '../../support/notifications.ts';
import { aMessage, aSummary } from './fixtures.ts';

const BEN = { id: 'ben', displayName: 'Ben', username: 'ben', avatarPath: null };

describe('[NOTE1] the notifier', () => {
  let store: Store;
  let chats: Map<string, ChatSummary>;
  let screen: RecordedNotifications;
  let notifier: Notifier;
  let worker: AbortController;
  let behind: boolean;
  let inView: boolean;
  let quiet: boolean;
  let blocked: string | null = null;

  /** A new worker on the same store, before it has asked the server. */
  async function start(): Promise<void> {
    worker?.abort();
    worker = new AbortController();
    notifier = createNotifier({
      store,
      chats: { get: (id: string) => chats.get(id) } as never,
      people: { get: () => BEN } as never,
      notifications: screen,
      userId: 'ana',
      signal: worker.signal,
      isBehind: () => behind,
      isInView: () => inView,
      isQuiet: () => quiet,
      isBlocked: (id) => id === blocked,
      onFault(reason) {
        throw reason;
      },
    });
    notifier.resume(await readChats(store), await readTold(store));
  }

  /** The changes as the hub takes them: on the list, told, and stored. */
  async function hear(...messages: readonly Message[]): Promise<void> {
    const before = chats.get('chat') ?? aSummary();
    const changes = messages.map((message, index) => ({
      ...({ kind: 'message', chatId: 'chat', message } as const),
      seq: before.lastSeq + index + 1,
    }));
    const summary = changes.reduce((line, change) => summaryAfter(line, change, 'ana'), before);
    chats.set('chat', summary);
    notifier.hear('chat', changes);
    await writeChanges(store, { chatId: 'chat', from: before.lastSeq, to: summary.lastSeq, changes, summary });
    await settled();
  }

  /** Whatever was begun has gone through the store. */
  const settled = async () => {
    for (let round = 0; round < 3; round++) await store.write(['facts', 'chats', 'messages'], async () => {});
    await new Promise(setImmediate);
  };
  const texts = () => screen.shown.map(({ text }) => text);
  const message = (seq: number, fields: Partial<Message> = {}) => aMessage({ seq, body: `text ${seq}`, ...fields });

  beforeEach(async () => {
    store = openStore(newId());
    screen = recordNotifications();
    [behind, inView, quiet] = [false, false, false];
    chats = new Map([['chat', aSummary()]]);
    await beginChat(store, aSummary());
    await start();
    notifier.open();
    await settled();
  });
  afterEach(async () => {
    worker.abort();
    await store.close();
  });

  test('tells each message once, however often it is heard', async () => {
    await hear(message(1));
    notifier.hear('chat', [{ kind: 'message', chatId: 'chat', seq: 1, message: message(1) }]);
    await settled();
    await hear(message(1, { body: 'edited' }));
    expect(texts()).toEqual(['Ben: text 1']);
    await hear(message(3));
    expect(texts()).toEqual(['Ben: text 1', 'Ben: text 3']);
  });

  test('[SAFE5] tells nothing of what a blocked person writes, but of what others do', async () => {
    blocked = message(1).authorId;
    notifier.open();
    await hear(message(1), { ...message(2), mentionsAll: true });
    expect(texts()).toEqual([]);
    await hear({ ...message(3), authorId: 'cleo' });
    expect(texts()).toHaveLength(1);
    blocked = null;
  });

  test('tells nothing twice after the worker was ended, at whatever moment', async () => {
    await hear(message(1));
    await start();
    notifier.open();
    await settled();
    expect(texts()).toEqual(['Ben: text 1']);
  });

  test('tells what was stored and not told, once the server said what was read', async () => {
    worker.abort();
    await hear(message(1), message(2));
    await start();
    await hear(message(3));
    expect(texts()).toEqual([]);
    chats.set('chat', summaryRead(chats.get('chat') ?? aSummary(), 1, 2));
    notifier.open();
    await settled();
    expect(texts()).toEqual(['2 new messages']);
  });

  test('waits until nothing is missing, and then counts', async () => {
    behind = true;
    for (let seq = 1; seq <= 11; seq++) await hear(message(seq));
    expect(texts()).toEqual([]);
    behind = false;
    await hear(message(12));
    expect(texts()).toEqual(['12 new messages']);
  });

  test('tells of too much to be read one by one from the list, once', async () => {
    chats.set('chat', aSummary({ lastSeq: 700, unread: 100 }));
    notifier.meet('chat');
    await settled();
    expect(texts()).toEqual(['More than 99 new messages']);
    await start();
    notifier.open();
    await settled();
    expect(screen.shown).toHaveLength(1);
  });

  test('begins a new chat with what comes', async () => {
    chats.set('new', aSummary({ id: 'new', lastSeq: 9, unread: 9 }));
    notifier.meet('new');
    await settled();
    expect(texts()).toEqual([]);
  });

  test('what was in view, or said in quiet hours, is not told later', async () => {
    inView = true;
    await hear(message(1));
    [inView, quiet] = [false, true];
    await hear(message(2));
    quiet = false;
    await start();
    notifier.open();
    await settled();
    expect(texts()).toEqual([]);
    await hear(message(3));
    expect(texts()).toEqual(['Ben: text 3']);
  });

  test('goes when its message is deleted, and stays when another one is', async () => {
    await hear(message(1), message(2));
    await hear(message(3));
    await hear(message(2, { deletedAt: '2026-11-23T12:00:00.000Z' }));
    expect(screen.standing.get('chat')?.text).toBe('Ben: text 3');
    await start();
    notifier.open();
    await hear(message(3, { deletedAt: '2026-11-23T12:00:00.000Z' }));
    expect(screen.standing.size).toBe(0);
    expect(texts()).toEqual(['2 new messages', 'Ben: text 3']);
  });

  test.each<[string, (chat: ChatSummary) => ChatSummary | null]>([
    ['is read', (chat) => summaryRead(chat, 1, 0)],
    ['is muted', (chat) => ({ ...chat, notificationLevel: 'none' })],
    ['is put away', (chat) => ({ ...chat, archived: true })],
    ['is left', () => null],
  ])('goes when its chat %s, after a restart too', async (_, change) => {
    await hear(message(1));
    await start();
    const next = change(chats.get('chat') ?? aSummary());
    if (next === null) chats.delete('chat');
    else chats.set('chat', next);
    notifier.review();
    expect(screen.standing.size).toBe(0);
  });

  test('does not come when its message was read while that was being stored', async () => {
    const before = chats.get('chat') ?? aSummary();
    const change = { kind: 'message', chatId: 'chat', seq: 1, message: message(1) } as const;
    chats.set('chat', summaryAfter(before, change, 'ana'));
    notifier.hear('chat', [change]);
    chats.set('chat', summaryRead(chats.get('chat') ?? before, 1, 0));
    notifier.review();
    await settled();
    expect(screen.standing.size).toBe(0);
  });

  test('nothing is shown any more when its person has left', async () => {
    const change = { kind: 'message', chatId: 'chat', seq: 1, message: message(1) } as const;
    chats.set('chat', summaryAfter(aSummary(), change, 'ana'));
    notifier.hear('chat', [change]);
    worker.abort();
    await settled();
    expect(screen.shown).toEqual([]);
  });
});
