import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectHub, type HubClient } from '../../../lib/hub/panel-client.ts';
import { failure } from '../../../lib/model/failure.ts';
import { appState, CHAT_ID, chatMessage, chatView, scriptHub } from './scripted-hub.ts';

let hub: ReturnType<typeof scriptHub>;
let ended: AbortController;
let gone: string[];
let client: HubClient;

beforeEach(() => {
  hub = scriptHub();
  ended = new AbortController();
  gone = [];
  client = connectHub({
    open: hub.open,
    surface: 'overlay',
    pass: 'a word',
    signal: ended.signal,
    onChatGone: (chatId) => gone.push(chatId),
    now: () => new Date('2026-11-23T14:00:00.000Z'),
  });
});

afterEach(() => ended.abort());

/** A client that shows a chat. */
function showChat(view = chatView()): void {
  hub.last.say({ type: 'welcome', state: appState(), chatId: CHAT_ID });
  hub.last.say({ type: 'chat', view });
}

const outgoing = { id: 'own-1', chatId: CHAT_ID, body: 'Hello', target: 'default', replyTo: null, files: [] } as const;
const { files: _, ...sent } = outgoing;
const bodies = () => client.snapshot().view?.messages.map(({ body }) => body);
const outbox = () => client.snapshot().view?.outbox.map(({ id, state }) => [id, state.name]);

describe('connecting', () => {
  test('says where it is shown, with its pass, and shows what the hub says', () => {
    expect(hub.last.received).toEqual([{ type: 'hello', surface: 'overlay', pass: 'a word' }]);
    expect(client.snapshot()).toEqual({ status: 'connecting', app: null, chatId: null, view: null, onPage: [] });
    hub.last.say({ type: 'welcome', state: appState(), chatId: null });
    expect(client.snapshot()).toEqual({ status: 'ready', app: appState(), chatId: null, view: null, onPage: [] });
  });

  test('tells its listeners of each change, until they leave', () => {
    const seen: (string | undefined)[] = [];
    const leave = client.subscribe((snapshot) => seen.push(snapshot.app?.connection));
    hub.last.say({ type: 'welcome', state: appState(), chatId: null });
    hub.last.say({ type: 'state', state: { connection: 'offline' } });
    leave();
    hub.last.say({ type: 'state', state: { connection: 'online' } });
    expect(seen).toEqual(['online', 'offline']);
  });

  test('a refused panel shows nothing and asks for nothing', () => {
    hub.last.say({ type: 'refused' });
    expect(client.snapshot()).toEqual({ status: 'refused', app: null, chatId: null, view: null, onPage: [] });
    void client.request('signOut', {}).catch(() => {});
    hub.last.break();
    expect(hub.ends).toHaveLength(1);
    expect(hub.last.requests).toEqual([]);
  });
});

describe('watching a chat', () => {
  test('[MSG7] who is on the page is of the chat in view, and unknown again after a break', () => {
    const say = (chatId: string) => hub.last.say({ type: 'on-page', chatId, people: ['ben'] });
    hub.last.say({ type: 'welcome', state: appState(), chatId: CHAT_ID });
    say('chat-2');
    expect(client.snapshot().onPage).toEqual([]);
    say(CHAT_ID);
    expect(client.snapshot().onPage).toEqual(['ben']);
    hub.last.break();
    hub.last.say({ type: 'welcome', state: appState(), chatId: CHAT_ID });
    expect(client.snapshot().onPage).toEqual([]);
    say(CHAT_ID);
    client.watch('chat-2');
    expect(client.snapshot().onPage).toEqual([]);
  });

  test('begins with the chat that the hub names, unless one was chosen already', () => {
    hub.last.say({ type: 'welcome', state: appState(), chatId: CHAT_ID });
    expect(hub.last.requests.map(({ params }) => params)).toEqual([{ chatId: CHAT_ID }]);
    client.watch('chat-2');
    hub.last.break();
    hub.last.say({ type: 'welcome', state: appState(), chatId: CHAT_ID });
    expect(hub.last.requests.map(({ params }) => params)).toEqual([{ chatId: 'chat-2' }]);
  });

  test('folds events of this chat and overhears those of others', () => {
    showChat();
    hub.last.say({ type: 'event', chatId: CHAT_ID, event: { name: 'message', message: chatMessage(1) } });
    hub.last.say({ type: 'event', chatId: 'chat-2', event: { name: 'message', message: chatMessage(2) } });
    expect(bodies()).toEqual(['words 1']);
  });

  test('a view that comes after another chat was chosen is not shown', () => {
    showChat();
    client.watch('chat-2');
    hub.last.say({ type: 'chat', view: chatView() });
    expect(client.snapshot()).toMatchObject({ chatId: 'chat-2', view: null, onPage: [] });
  });

  test('[MEM4] a chat that is gone leaves the screen and is not asked for again', () => {
    showChat();
    hub.last.say({ type: 'chat-gone', chatId: CHAT_ID });
    expect(gone).toEqual([CHAT_ID]);
    expect(client.snapshot()).toMatchObject({ chatId: null, view: null, onPage: [] });
    hub.last.break();
    hub.last.say({ type: 'welcome', state: appState(), chatId: CHAT_ID });
    expect(hub.last.requests.map(({ params }) => params)).toEqual([{ chatId: null }]);
  });
});

describe('another person at the same panel', () => {
  const signedIn = (id: string) => ({
    name: 'signed-in' as const,
    email: `${id}@example.org`,
    me: { id, displayName: id, username: id, avatarPath: null },
  });

  test('sees neither the chat nor the unsent messages of the one before', () => {
    showChat();
    hub.last.say({ type: 'state', state: { session: signedIn('ana') } });
    client.send(outgoing);
    hub.last.say({ type: 'state', state: { session: { name: 'signed-out', failure: null } } });
    hub.last.say({ type: 'state', state: { session: signedIn('ben') } });
    expect(client.snapshot()).toMatchObject({ chatId: null, view: null, onPage: [] });
    client.watch(CHAT_ID);
    hub.last.say({ type: 'chat', view: chatView() });
    expect(outbox()).toEqual([]);
  });

  test('the same one finds all as it was', () => {
    showChat();
    hub.last.say({ type: 'state', state: { session: signedIn('ana') } });
    client.send(outgoing);
    hub.last.say({ type: 'state', state: { session: { name: 'signed-out', failure: failure('signed_out') } } });
    hub.last.say({ type: 'state', state: { session: signedIn('ana') } });
    expect(outbox()).toEqual([['own-1', 'pending']]);
  });
});

describe('when the worker behind the port ends', () => {
  test('goes on where it was: hello, the chat in view, what is unanswered', async () => {
    showChat();
    const answered = client.request('usernameAvailable', { username: 'ana' });
    hub.last.answer(hub.last.requests.at(-1), true);
    await expect(answered).resolves.toBe(true);
    const open = client.request('avatar', { path: 'a/1' });
    hub.last.break();
    expect(client.snapshot()).toMatchObject({ status: 'connecting', chatId: CHAT_ID, view: chatView() });

    expect(hub.ends).toHaveLength(2);
    expect(hub.last.received).toEqual([{ type: 'hello', surface: 'overlay', pass: 'a word' }]);
    hub.last.say({ type: 'welcome', state: appState(), chatId: null });
    expect(hub.last.requests.map(({ name }) => name)).toEqual(['watch', 'avatar']);
    hub.last.answer(hub.last.requests.at(-1), 'data:,');
    await expect(open).resolves.toBe('data:,');
  });

  test('does not listen to the port it lost', () => {
    showChat();
    const lost = hub.last;
    lost.break();
    lost.say({ type: 'refused' });
    expect(client.snapshot().status).toBe('connecting');
  });
});

describe('sending', () => {
  test('[MSG1] the own message is on screen before the hub has said a word', () => {
    showChat();
    client.send(outgoing);
    expect(outbox()).toEqual([['own-1', 'pending']]);
  });

  test('[MSG1] even while the worker is away', () => {
    showChat();
    hub.last.break();
    client.send(outgoing);
    expect(outbox()).toEqual([['own-1', 'pending']]);
  });

  test('[MSG2] a worker that ends before it has stored the message gets it again, under the same id', () => {
    showChat();
    client.send(outgoing);
    hub.last.break();
    showChat();
    expect(outbox()).toEqual([['own-1', 'pending']]);
    expect(hub.last.requests.find(({ name }) => name === 'send')?.params).toEqual({
      ...sent,
      fileIds: [],
      shareIds: [],
    });
  });

  test('[MSG2] once stored it is the hub that knows: a message that came back is not shown twice', async () => {
    showChat();
    client.send(outgoing);
    hub.last.answer(hub.last.requests.at(-1));
    hub.last.say({
      type: 'event',
      chatId: CHAT_ID,
      event: { name: 'message', message: chatMessage(1, { id: 'own-1' }) },
    });
    await Promise.resolve();
    hub.last.break();
    showChat();
    expect([bodies(), outbox()]).toEqual([[], []]);
  });

  test('a message that arrived while its answer was lost is shown once', () => {
    showChat();
    client.send(outgoing);
    hub.last.break();
    showChat(chatView({ messages: [chatMessage(1, { id: 'own-1' })] }));
    expect([bodies(), outbox()]).toEqual([['words 1'], []]);
  });

  test('what the hub refuses stays on screen with the reason, and can be sent again or discarded', async () => {
    showChat();
    client.send(outgoing);
    refuseLast();
    await Promise.resolve();
    await Promise.resolve();
    expect(client.snapshot().view?.outbox[0]?.state).toEqual({ name: 'failed', failure: failure('not_member') });

    void client.resend('own-1');
    expect(outbox()).toEqual([['own-1', 'pending']]);
    expect(hub.last.requests.at(-1)).toMatchObject({ name: 'send', params: { id: 'own-1', body: 'Hello' } });
    refuseLast();
    await Promise.resolve();
    await Promise.resolve();
    await client.discard('own-1');
    expect(outbox()).toEqual([]);
    expect(hub.last.requests.at(-1)?.name).toBe('send');
  });

  test('what the hub has stored is sent again and discarded by the hub', () => {
    showChat();
    void client.resend('stored').catch(() => {});
    void client.discard('stored').catch(() => {});
    expect(hub.last.requests.slice(-2)).toMatchObject([
      { name: 'resend', params: { id: 'stored' } },
      { name: 'discard', params: { id: 'stored' } },
    ]);
  });

  function refuseLast(): void {
    const id = hub.last.requests.at(-1)?.id ?? -1;
    hub.last.say({ type: 'response', id, ok: false, failure: failure('not_member') });
  }
});
