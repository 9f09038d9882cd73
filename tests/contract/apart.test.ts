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

async function invite(host: ApiPerson, chat: string, ...guests: readonly ApiPerson[]): Promise<void> {
  const { token } = await createInvite(host, chat);
  for (const guest of guests) {
    const { error } = await guest.client.functions.invoke('invite', { body: { action: 'redeem', token } });
    if (error) throw error;
  }
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

const textOf = ({ received }: Pick<Wire, 'received'>) =>
  received.map((frame) => (Buffer.isBuffer(frame) ? frame.toString('utf8') : JSON.stringify(frame))).join('\n');

/** What comes over a socket until the work is done and heard of elsewhere, as text; the answer to the last heartbeat is none of it. */
async function during(wire: Wire, work: () => Promise<unknown>): Promise<string> {
  await wire.settle();
  const before = wire.received.length;
  await work();
  await wire.settle();
  return textOf({ received: wire.received.slice(before, -1) });
}

test.each([
  ['who blocked them', () => ana, () => ben],
  ['whom they blocked', () => ben, () => ana],
])(
  '[SAFE5] an open socket gets not one byte when somebody is here, writes or reads, %s',
  async (_, blocker, blocked) => {
    await rpc(ana, 'set_block', { p_user: ben.id, p_on: false });
    await rpc(ben, 'set_block', { p_user: ana.id, p_on: false });
    const chat = await createChat(ana);
    await invite(ana, chat, ben, cleo);
    await rpc(blocker(), 'set_block', { p_user: blocked().id, p_on: true });
    const message = await say(cleo, chat, 'hello');
    const topic = await topicOf(chat);
    const wire = await openWire({ url: stack.url, key: stack.publishableKey });
    const token = await tokenOf(ben);
    for (const own of [`user:${ben.id}`, topic]) expect(await wire.join(own, token)).toMatchObject({ status: 'ok' });
    await cleo.client.realtime.setAuth();
    const { channel, heard } = await hear(cleo.client, `user:${cleo.id}`);

    const came = await during(wire, async () => {
      await rpc(ana, 'beat', { p_chat: chat, p_here: true });
      await rpc(ana, 'beat', { p_chat: chat, p_here: true, p_typing: true });
      await rpc(ana, 'mark_read', { p_chat: chat, p_seq: 1_000 });
      await rpc(ana, 'beat', { p_chat: chat, p_here: false });
      await expect
        .poll(() => heard.map(({ event }) => event), PATIENCE)
        .toEqual(['presence', 'presence', 'read', 'presence']);
    });
    expect(came).toBe('');
    // Of Cleo all of that comes.
    await rpc(cleo, 'beat', { p_chat: chat, p_here: true });
    await expect.poll(() => textOf(wire), PATIENCE).toContain('presence');

    await rpc(ana, 'set_reaction', { p_message: message, p_emoji: '🎉', p_on: true });
    await rpc(ana, 'beat', { p_chat: chat, p_here: true });
    const asked = await Promise.all([
      ben.client.rpc('present_members', { p_chat: chat }),
      ben.client.rpc('read_positions', { p_chat: chat }),
    ]);
    for (const { data, error } of asked) {
      expect(error).toBeNull();
      expect(JSON.stringify(data)).toContain(cleo.id);
      expect(JSON.stringify(data)).not.toContain(ana.id);
    }
    const table = await ben.client.from('members').select('user_id, last_read_seq').eq('chat_id', chat);
    expect(table.error?.code).toBe('42501');
    await cleo.client.removeChannel(channel);
  },
);

test('[SAFE5] a reaction comes to the blocked person as a number, and is in nothing that they can ask for', async () => {
  await rpc(ben, 'set_block', { p_user: ana.id, p_on: false });
  const chat = await createChat(ana);
  await invite(ana, chat, ben, cleo);
  await rpc(ana, 'set_block', { p_user: ben.id, p_on: true });
  const message = await say(ben, chat, 'findable');
  const topic = await topicOf(chat);
  const wire = await openWire({ url: stack.url, key: stack.publishableKey });
  const token = await tokenOf(ben);
  for (const own of [`user:${ben.id}`, topic]) expect(await wire.join(own, token)).toMatchObject({ status: 'ok' });
  await cleo.client.realtime.setAuth();
  const { channel, heard } = await hear(cleo.client, topic);
  const came = await during(wire, async () => {
    await rpc(ana, 'set_reaction', { p_message: message, p_emoji: '🎉', p_on: true });
    await expect.poll(() => heard.map(({ event }) => event), PATIENCE).toEqual(['hint']);
  });
  for (const word of [ana.id, '🎉', message]) expect(came).not.toContain(word);

  const asked = async ({ client }: ApiPerson) => {
    const columns = 'id, reactions, hidden_reactions(emoji, user_id, created_at)';
    const all = await Promise.all([
      client.from('messages').select(columns).eq('chat_id', chat),
      client.from('messages').select().eq('chat_id', chat),
      client.from('hidden_reactions').select(),
      client.rpc('catch_up', { p_chat: chat, p_after: 0 }),
      client.rpc('my_chats'),
      client.rpc('search_messages', { p_query: 'findable' }),
    ]);
    for (const { error } of all) expect(error).toBeNull();
    return JSON.stringify(all.map(({ data }) => data));
  };
  expect(await asked(ben)).not.toContain('🎉');
  for (const other of [ana, cleo]) expect(await asked(other)).toContain('🎉');
  await rpc(ana, 'set_block', { p_user: ben.id, p_on: false });
  expect(await asked(ben)).toContain('🎉');
  await cleo.client.removeChannel(channel);
});

test('[SAFE5] whoever comes into a group of somebody who blocked them hears nothing from before', async () => {
  const other = await createChat(ana);
  await invite(ana, other, ben);
  await rpc(ana, 'set_block', { p_user: ben.id, p_on: true });
  const chat = await createChat(cleo);
  await invite(cleo, chat, ana);
  await say(ana, chat, 'secret words');
  await rpc(ana, 'beat', { p_chat: chat, p_here: true });
  const before = await topicOf(chat);
  await invite(cleo, chat, ben);
  const replay = { private: true, broadcast: { replay: { since: 0, limit: 25 } } };
  const wire = await openWire({ url: stack.url, key: stack.publishableKey });
  const token = await tokenOf(ben);
  expect(await wire.join(await topicOf(chat), token, replay)).toMatchObject({ status: 'ok' });
  expect(await wire.join(before, token, replay)).toMatchObject({ status: 'error' });
  await wire.settle();
  expect(textOf(wire)).toContain('joined');
  expect(textOf(wire)).not.toContain('secret words');
  expect(textOf(wire)).not.toContain('presence');
});
