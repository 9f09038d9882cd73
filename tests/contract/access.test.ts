import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../lib/model/ids.ts';
import { type ApiPerson, createChat, createInvite, rpc, say, signIn, stranger } from '../support/api-person.ts';
import { stackUnderTest } from '../support/stack.ts';

const stack = stackUnderTest();
const service = createClient(stack.url, stack.secretKey, { auth: { persistSession: false } });
const anon = stranger(stack).client;

let creator: ApiPerson;
let member: ApiPerson;
let removed: ApiPerson;
let outsider: ApiPerson;
let chat: string;

beforeAll(async () => {
  [creator, member, removed, outsider] = await Promise.all([
    signIn(stack, 'Creator'),
    signIn(stack, 'Member'),
    signIn(stack, 'Removed'),
    signIn(stack, 'Outsider'),
  ]);
  chat = await createChat(creator);
  const { token } = await createInvite(creator, chat);
  for (const guest of [member, removed]) {
    const { error } = await service.rpc('redeem_invite', { p_token: token, p_user: guest.id });
    if (error) throw error;
  }
  await say(creator, chat, '@ai hello');
  await rpc(creator, 'remove_member', { p_chat: chat, p_user: removed.id });
});

/** The number of rows that a client reads of the chat, or the code with which it is refused. */
async function read(client: SupabaseClient, table: string, columns: string): Promise<number | string> {
  const { data, error } = await client
    .from(table)
    .select(columns)
    .eq(table === 'chats' ? 'id' : 'chat_id', chat);
  return error === null ? (data?.length ?? 0) : error.code;
}

describe('the API shows a chat’s rows to its members and the service alone', () => {
  test.for([
    ['chats', 'id'],
    ['members', 'user_id, profiles(display_name)'],
    ['messages', 'id, body'],
    ['changes', 'seq'],
    ['invites', 'id, uses'],
    ['reply_jobs', 'id, partial'],
  ] as const)('%s', async ([table, columns]) => {
    for (const insider of [creator.client, member.client, service])
      expect(await read(insider, table, columns)).toBeGreaterThan(0);
    for (const outside of [removed.client, outsider.client]) expect(await read(outside, table, columns)).toBe(0);
    expect(await read(anon, table, columns)).toBe('42501');
  });
});

test.for([
  ['invites', 'token_hash'],
  ['reply_jobs', 'lease_token'],
] as const)('[INV2] nobody reads the column %s.%s', async ([table, column]) => {
  expect(await read(member.client, table, column)).toBe('42501');
  expect(await read(member.client, table, '*')).toBe('42501');
});

test('[MEM4] a removed person writes nothing and acts on nothing', async () => {
  const { error } = await removed.client.from('messages').insert({ id: newId(), chat_id: chat, body: 'still here' });
  expect(error?.code).toBe('SR002');
  for (const [name, args] of [
    ['create_invite', { p_chat: chat }],
    ['reset_invites', { p_chat: chat }],
    ['remove_member', { p_chat: chat, p_user: member.id }],
  ] as const) {
    await expect(rpc(removed, name, args), name).rejects.toMatchObject({ code: 'SR002' });
  }
  expect(await rpc(removed, 'catch_up', { p_chat: chat, p_after: 0 })).toEqual([]);
  expect(await rpc(removed, 'my_chats', {})).toEqual([]);
});

test('[MEM2] what is refused comes with its code, and words for the developer', async () => {
  await expect(rpc(member, 'remove_member', { p_chat: chat, p_user: creator.id })).rejects.toMatchObject({
    code: 'SR006',
    message: 'creator cannot be removed',
    hint: 'The creator of a group cannot be removed.',
  });
});

test.for([
  ['preview_invite', { p_token: 'x' }],
  ['redeem_invite', { p_token: 'x', p_user: newId() }],
  ['claim_reply', {}],
  ['reply_due', {}],
] as const)('%s is for the functions, and not for people', async ([name, args]) => {
  await expect(rpc(member, name, args)).rejects.toMatchObject({ code: '42501' });
  const { error } = await anon.rpc(name, args);
  expect(error?.code).toBe('42501');
});

test('helpers behind the policies are not reachable', async () => {
  const { error } = await member.client.schema('private').rpc('my_chat_ids');
  expect(error?.code).toBe('PGRST106');
});

test('writes that have no function are refused', async () => {
  const refused = await Promise.all([
    member.client.from('chats').update({ title: 'mine' }).eq('id', chat),
    member.client.from('members').update({ role: 'creator' }).eq('chat_id', chat),
    member.client.from('members').insert({ chat_id: chat, user_id: outsider.id }),
    member.client.from('messages').update({ body: 'changed' }).eq('chat_id', chat),
    member.client.from('messages').delete().eq('chat_id', chat),
    member.client.from('changes').insert({ chat_id: chat, seq: 1000, kind: 'chat', entity_id: chat }),
    member.client.from('accounts').update({ plan: 'pro' }).eq('user_id', member.id),
    member.client.from('profiles').delete().eq('id', member.id),
  ]);
  expect(refused.map(({ error }) => error?.code)).toEqual(Array(8).fill('42501'));
});

test('settings of one’s own are changed, those of others are not', async () => {
  const mute = (person: ApiPerson) =>
    person.client.from('members').update({ notification_level: 'none' }).eq('chat_id', chat).select('user_id');
  expect((await mute(member)).data).toEqual([{ user_id: member.id }]);
  expect((await mute(outsider)).data).toEqual([]);
});
