import { beforeAll, expect, test } from 'vitest';
import { type ApiPerson, createChat, createInvite, rpc, say, signIn } from '../support/api-person.ts';
import { hear } from '../support/realtime/channels.ts';
import { openWire, type Wire } from '../support/realtime/wire.ts';
import { stackUnderTest } from '../support/stack.ts';

const stack = stackUnderTest();
const PATIENCE = { timeout: 15_000 };
let ana: ApiPerson;
let ben: ApiPerson;
let cleo: ApiPerson;

beforeAll(async () => {
  [ana, ben, cleo] = await Promise.all([signIn(stack, 'Ana'), signIn(stack, 'Ben'), signIn(stack, 'Cleo')]);
});

/** A group of the three, in which nobody is blocked yet. */
async function createGroup(): Promise<string> {
  await block(false);
  const chat = await createChat(ana);
  const { token } = await createInvite(ana, chat);
  for (const other of [ben, cleo]) {
    const { error } = await other.client.functions.invoke('invite', { body: { action: 'redeem', token } });
    if (error) throw error;
  }
  return chat;
}

async function topicOf(chat: string): Promise<string> {
  const { data, error } = await cleo.client.from('chats').select('epoch').eq('id', chat).single();
  if (error) throw error;
  return `chat:${chat}:${data.epoch}`;
}

async function tokenOf({ client }: ApiPerson): Promise<string> {
  const { data } = await client.auth.getSession();
  if (data.session === null) throw new Error('not signed in');
  return data.session.access_token;
}

const block = (on: boolean) => rpc(ana, 'set_block', { p_user: ben.id, p_on: on });

/** Everything that came over a socket, as text. */
const textOf = ({ received }: Wire) =>
  received.map((frame) => (Buffer.isBuffer(frame) ? frame.toString('utf8') : JSON.stringify(frame))).join('\n');

test('[SAFE5] an open socket of the blocked person gets the number of a message and not one byte of it', async () => {
  const chat = await createGroup();
  await say(ana, chat, 'said before');
  const wire = await openWire({ url: stack.url, key: stack.publishableKey });
  const token = await tokenOf(ben);
  expect(await wire.join(`user:${ben.id}`, token)).toMatchObject({ status: 'ok' });
  const old = await topicOf(chat);
  expect(await wire.join(old, token)).toMatchObject({ status: 'ok' });

  await block(true);
  const topic = await topicOf(chat);
  expect(await wire.join(topic, token), 'they are a member as before').toMatchObject({ status: 'ok' });
  await cleo.client.realtime.setAuth();
  const { channel, heard } = await hear(cleo.client, topic);
  const sizes: number[] = [];
  for (const body of ['secret', `secret ${'語'.repeat(9_000)}`]) {
    await wire.settle();
    const before = heard.length;
    const bytes = await wire.countBytes(async () => {
      await say(ana, chat, body);
      await expect.poll(() => heard.length, PATIENCE).toBe(before + 1);
      await wire.settle();
    });
    sizes.push(bytes);
  }
  // A number may have a digit more than the one before.
  expect(Math.abs((sizes[0] ?? 0) - (sizes[1] ?? 0)), 'however long it is').toBeLessThan(4);
  await say(cleo, chat, 'from Cleo');
  await expect.poll(() => textOf(wire), PATIENCE).toContain('from Cleo');
  expect(textOf(wire)).not.toContain('secret');
  expect(textOf(wire)).not.toContain('語');

  // Nor by asking for what the topics had to say before.
  const replay = { config: { private: true, broadcast: { replay: { since: 0, limit: 25 } } } };
  const later = await openWire({ url: stack.url, key: stack.publishableKey });
  expect(await later.join(topic, token, replay.config)).toMatchObject({ status: 'ok' });
  expect(await later.join(old, token, replay.config)).toMatchObject({ status: 'error' });
  await later.settle();
  expect(textOf(later)).toContain('from Cleo');
  for (const words of ['secret', 'said before']) expect(textOf(later)).not.toContain(words);
  await cleo.client.removeChannel(channel);
});

test('[SAFE5] the API gives the blocked person nothing of it, and all of it again afterwards', async () => {
  const chat = await createGroup();
  const message = await say(ana, chat, 'secret words');
  const asked = async ({ client }: ApiPerson) => {
    const all = await Promise.all([
      client.from('messages').select().eq('chat_id', chat),
      client.from('messages').select('body').eq('id', message),
      client.from('changes').select('seq, kind, messages:entity_id').eq('chat_id', chat),
      client.from('chats').select('id, messages(body)').eq('id', chat),
      client.from('profiles').select('id, messages(body)'),
      client.rpc('catch_up', { p_chat: chat, p_after: 0 }),
      client.rpc('my_chats'),
      client.rpc('search_messages', { p_query: 'secret' }),
    ]);
    return JSON.stringify(all.map(({ data }) => data));
  };
  expect(await asked(ben)).toContain('secret words');
  await block(true);
  expect(await asked(ben)).not.toContain('secret words');
  expect(await asked(cleo)).toContain('secret words');
  await block(false);
  expect(await asked(ben)).toContain('secret words');
});
