import type { RealtimeChannel } from '@supabase/supabase-js';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { type ApiPerson, createChat, createInvite, rpc, say, signIn, stranger } from '../support/api-person.ts';
import { type Heard, hear, subscribe } from '../support/realtime/channels.ts';
import { openWire, type Wire } from '../support/realtime/wire.ts';
import { stackUnderTest } from '../support/stack.ts';

const stack = stackUnderTest();
const PATIENCE = { timeout: 15_000 };
let ana: ApiPerson;
let ben: ApiPerson;
let outsider: ApiPerson;

beforeAll(async () => {
  [ana, ben, outsider] = await Promise.all([signIn(stack, 'Ana'), signIn(stack, 'Ben'), signIn(stack, 'Olaf')]);
});

/** A group that Ana made and the other one joined. */
async function createGroup(other: ApiPerson = ben): Promise<string> {
  const chat = await createChat(ana);
  const { token } = await createInvite(ana, chat);
  const { error } = await other.client.functions.invoke('invite', { body: { action: 'redeem', token } });
  if (error) throw error;
  return chat;
}

async function topicOf(chat: string): Promise<string> {
  const { data, error } = await ana.client.from('chats').select('epoch').eq('id', chat).single();
  if (error) throw error;
  return `chat:${chat}:${data.epoch}`;
}

/** Listens with the person's client, until the test ends. */
async function hearAs(
  { client }: Pick<ApiPerson, 'client'>,
  topic: string,
): Promise<{ channel: RealtimeChannel; heard: Heard[] }> {
  await client.realtime.setAuth();
  const joined = await hear(client, topic);
  onTestFinished(async () => {
    await client.removeChannel(joined.channel);
  });
  return joined;
}

async function tokenOf({ client }: ApiPerson): Promise<string> {
  const { data } = await client.auth.getSession();
  if (data.session === null) throw new Error('not signed in');
  return data.session.access_token;
}

/** Exchanges the token for another and hands it to Realtime. Two tokens of the same second may be the same. */
async function renewToken(person: ApiPerson): Promise<void> {
  const before = await tokenOf(person);
  await vi.waitFor(async () => {
    const { error } = await person.client.auth.refreshSession();
    if (error) throw error;
    if ((await tokenOf(person)) === before) throw new Error('the token is still the same');
  }, PATIENCE);
  await person.client.realtime.setAuth();
}

const wireAs = () => openWire({ url: stack.url, key: stack.publishableKey });
/** Everything that came over a socket, as text. */
const textOf = ({ received }: Wire) =>
  received.map((frame) => (Buffer.isBuffer(frame) ? frame.toString('utf8') : JSON.stringify(frame))).join('\n');
const seqs = (heard: readonly Heard[]) =>
  heard.filter(({ event }) => event === 'change').map(({ payload }) => payload.seq);

test('[MEM5] a chat’s topic opens to its members, a person’s own to that person, and neither to others', async () => {
  const chat = await topicOf(await createGroup());
  await hearAs(ben, chat);
  await hearAs(ben, `user:${ben.id}`);
  for (const [person, topic] of [
    [outsider, chat],
    [ana, `user:${ben.id}`],
    [stranger(stack), chat],
  ] as const) {
    await expect(hearAs(person, topic)).rejects.toThrow('do not have permissions to read');
  }
});

test('a topic that is not private is refused', async () => {
  await expect(subscribe(ana.client.channel('lobby'))).rejects.toThrow();
});

test('[MSG3] members hear every change in the same order, however many write at once', async () => {
  const chat = await createGroup();
  const topic = await topicOf(chat);
  const ears = [await hearAs(ana, topic), await hearAs(ben, topic)];
  const bodies = Array.from({ length: 20 }, (_, number) => `message ${number}`);
  await Promise.all(bodies.map((body, number) => say(number % 2 === 0 ? ana : ben, chat, body)));
  for (const { heard } of ears) await expect.poll(() => seqs(heard), PATIENCE).toHaveLength(bodies.length);
  const [first, second] = ears.map(({ heard }) => seqs(heard));
  expect(first).toEqual(Array.from(bodies, (_, index) => Number(first?.[0]) + index));
  expect(second).toEqual(first);
});

test('[MSG1] the longest message is heard whole', async () => {
  const chat = await createGroup();
  const { heard } = await hearAs(ben, await topicOf(chat));
  const body = '語'.repeat(16_000);
  await say(ana, chat, body);
  await expect.poll(() => heard.at(-1)?.payload.message, PATIENCE).toMatchObject({ body });
});

test('[MEM4] once removed, an open socket gets not one byte more of the chat', async () => {
  const chat = await createGroup();
  const wire = await wireAs();
  expect(await wire.join(await topicOf(chat), await tokenOf(ben))).toMatchObject({ status: 'ok' });
  await say(ana, chat, 'both hear this');
  await expect.poll(() => wire.received.filter(Buffer.isBuffer), PATIENCE).not.toHaveLength(0);

  await rpc(ana, 'remove_member', { p_chat: chat, p_user: ben.id });
  await wire.settle();
  const topic = await topicOf(chat);
  const { heard } = await hearAs(ana, topic);
  expect(await wire.join(topic, await tokenOf(ben))).toMatchObject({ status: 'error' });
  const quiet = await wire.countBytes(() => wire.settle());
  const busy = await wire.countBytes(async () => {
    for (const body of ['he is gone', 'quite gone']) await say(ana, chat, body);
    await expect.poll(() => seqs(heard), PATIENCE).toHaveLength(2);
    expect(await wire.settle()).toEqual([]);
  });
  expect(busy, 'the answer to one heartbeat').toBe(quiet);
});

test('[MEM4] once removed, the next token closes the channel', async () => {
  const person = await signIn(stack, 'Carl');
  const chat = await createGroup(person);
  const { channel } = await hearAs(person, await topicOf(chat));
  await rpc(ana, 'remove_member', { p_chat: chat, p_user: person.id });
  await renewToken(person);
  await expect.poll(() => channel.state, PATIENCE).toBe('closed');
});

test('a member whose token was refreshed goes on hearing', async () => {
  const person = await signIn(stack, 'Dora');
  const chat = await createGroup(person);
  const { heard } = await hearAs(person, await topicOf(chat));
  await renewToken(person);
  await say(person, chat, 'still here');
  await expect.poll(() => seqs(heard), PATIENCE).toHaveLength(1);
});

test('what a member forges is heard by nobody, by socket or by REST', async () => {
  const chat = await createGroup();
  const topic = await topicOf(chat);
  const { heard } = await hearAs(ana, topic);
  const forger = await hearAs(ben, topic);
  const forged = { type: 'broadcast', event: 'change', payload: { forged: true } } as const;
  expect(await forger.channel.send(forged)).toBe('ok');
  await expect(forger.channel.httpSend('change', { forged: true })).rejects.toThrow('Unauthorized');
  await say(ana, chat, 'real');
  await expect.poll(() => seqs(heard), PATIENCE).toHaveLength(1);
  expect(heard.filter(({ payload }) => payload.forged)).toEqual([]);
});

test('[INV1] whoever joins without the history is told nothing of it by what a topic tells again', async () => {
  const chat = await createGroup();
  const before = await topicOf(chat);
  const { channel } = await hearAs(ben, before);
  await say(ana, chat, 'said before');
  const { token } = await createInvite(ana, chat, { p_history: 'none' });
  const { error } = await outsider.client.functions.invoke('invite', { body: { action: 'redeem', token } });
  if (error) throw error;
  await say(ana, chat, 'said after');

  const topic = await topicOf(chat);
  const wire = await wireAs();
  const replay = { config: { private: true, broadcast: { replay: { since: 0, limit: 25 } } } };
  const access = await tokenOf(outsider);
  expect(await wire.join(before, access, replay.config)).toMatchObject({ status: 'error' });
  expect(await wire.join(topic, access, replay.config)).toMatchObject({ status: 'ok' });
  await vi.waitFor(async () => {
    await wire.settle();
    expect(textOf(wire)).toContain('said after');
  }, PATIENCE);
  expect(textOf(wire)).not.toContain('said before');
  await ben.client.removeChannel(channel);
});
