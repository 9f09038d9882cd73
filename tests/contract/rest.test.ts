import { createClient } from '@supabase/supabase-js';
import { SignJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../lib/model/ids.ts';
import { type ApiPerson, createChat, createInvite, say, signIn, stranger } from '../support/api-person.ts';
import { stackUnderTest } from '../support/stack.ts';

const stack = stackUnderTest();

let ana: ApiPerson;
let ben: ApiPerson;
let chat: string;

beforeAll(async () => {
  [ana, ben] = await Promise.all([signIn(stack, 'Ana'), signIn(stack, 'Ben')]);
  chat = await createChat(ana);
});

/** Reads a table with these headers alone. */
function read(headers: Record<string, string>): Promise<Response> {
  return fetch(`${stack.url}/rest/v1/chats?select=id`, { headers });
}

async function refusal(response: Response): Promise<{ status: number; code: unknown }> {
  const body = (await response.json()) as { code?: unknown };
  return { status: response.status, code: body.code };
}

describe('who may ask', () => {
  test('nobody without a key of the project', async () => {
    expect((await read({})).status).toBe(401);
    expect((await read({ apikey: 'sb_publishable_of_another' })).status).toBe(401);
  });

  test('somebody with the publishable key alone sees nothing and calls nothing of ours', async () => {
    const { client } = stranger(stack);
    expect(await client.from('chats').select()).toMatchObject({ status: 401, error: { code: '42501' } });
    expect(await client.rpc('my_chats')).toMatchObject({ status: 401, error: { code: '42501' } });
  });

  test('nobody with a token that this project did not sign', async () => {
    const token = await new SignJWT({ role: 'authenticated', sub: ana.id })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode('a secret of somebody else, 32 bytes'));
    const response = await read({ apikey: stack.publishableKey, authorization: `Bearer ${token}` });
    expect(await refusal(response)).toEqual({ status: 401, code: 'PGRST301' });
  });

  test('another person reads and changes none of one’s rows', async () => {
    await say(ana, chat, 'for members');
    expect((await ana.client.from('messages').select('body').match({ chat_id: chat, kind: 'member' })).data).toEqual([
      { body: 'for members' },
    ]);
    for (const table of ['chats', 'messages', 'members', 'changes'] as const) {
      expect((await ben.client.from(table).select(table === 'members' ? 'user_id' : '*')).data).toEqual([]);
    }
    const insert = await ben.client.from('messages').insert({ id: newId(), chat_id: chat, body: 'let me in' });
    expect(insert).toMatchObject({ status: 400, error: { code: 'SR002' } });
  });
});

describe.runIf(stack.local !== undefined)('tokens that this project signed', () => {
  const sign = (claims: Record<string, unknown>, expiry: string | number = '1h') =>
    new SignJWT({ sub: ana.id, ...claims })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuedAt()
      .setExpirationTime(expiry)
      .sign(new TextEncoder().encode(stack.local?.jwtSecret));
  const readWith = async (token: string) =>
    refusal(await read({ apikey: stack.publishableKey, authorization: `Bearer ${token}` }));

  test.each(['postgres', 'supabase_admin', 'none', 'NONE', 'authenticator', 'pg_read_all_data', '"supabase_admin"', 7])(
    'for the role %o are refused',
    async (role) => {
      expect(await readWith(await sign({ role }))).toEqual({ status: 401, code: 'PGRST301' });
    },
  );

  test('that ran out are refused as such', async () => {
    expect(await readWith(await sign({ role: 'authenticated' }, 1_000))).toEqual({ status: 401, code: 'PGRST303' });
  });

  test('are seen in the database with all their claims', async () => {
    const token = await sign({ role: 'authenticated', plan: 'pro' });
    const response = await read({ apikey: stack.publishableKey, authorization: `Bearer ${token}` });
    expect(await response.json()).toEqual([{ id: chat }]);
  });
});

describe('what is refused comes as from PostgREST', () => {
  test.each([
    ['an error of our own', () => ben.client.rpc('create_invite', { p_chat: chat }), 400, 'SR002'],
    [
      'a broken constraint',
      () => ana.client.from('messages').insert({ id: newId(), chat_id: chat, body: ' ' }),
      400,
      '23514',
    ],
    ['a text for a number', () => ana.client.from('messages').select().eq('seq', 'two'), 400, '22P02'],
    ['a column that is none', () => ana.client.from('messages').select('colour'), 400, '42703'],
    ['a table that is none', () => ana.client.from('rooms').select(), 404, 'PGRST205'],
    ['a function that is none', () => ana.client.rpc('open_door'), 404, 'PGRST202'],
    ['a schema that is not exposed', () => ana.client.schema('private').from('anything').select(), 406, 'PGRST106'],
    [
      'one row where there is none',
      () => ana.client.from('chats').select().eq('id', newId()).single(),
      406,
      'PGRST116',
    ],
    [
      'a write to what is only read',
      () => ana.client.from('chats').update({ title: 'Mine' }).eq('id', chat),
      403,
      '42501',
    ],
  ])('%s', async (_, ask, status, code) => {
    expect(await ask()).toMatchObject({ status, error: { code } });
  });

  test('a row that exists, with what stands in its way', async () => {
    const id = await say(ana, chat, 'once');
    const { status, error } = await ana.client.from('messages').insert({ id, chat_id: chat, body: 'twice' });
    expect({ status, code: error?.code }).toEqual({ status: 409, code: '23505' });
  });

  test('an error of our own, with its words and its hint', async () => {
    const { error } = await ben.client.rpc('create_invite', { p_chat: chat });
    expect(error).toMatchObject({
      code: 'SR002',
      message: 'not a member',
      details: null,
      hint: 'You are not in this chat.',
    });
  });
});

describe('what is answered comes as from PostgREST', () => {
  const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?\+00:00$/;

  test('instants look the same at the top and inside', async () => {
    await say(ana, chat, 'when?');
    const { data } = await ana.client
      .from('messages')
      .select('created_at, chats!messages_chat_id_fkey(created_at)')
      .eq('chat_id', chat)
      .limit(1);
    expect(data).toEqual([
      { created_at: expect.stringMatching(INSTANT), chats: { created_at: expect.stringMatching(INSTANT) } },
    ]);
  });

  test('ranges, counts and orders', async () => {
    const own = await createChat(ana);
    for (const body of ['one', 'two', 'three']) await say(ana, own, body);
    const { data, count, status } = await ana.client
      .from('messages')
      .select('body', { count: 'exact' })
      .match({ chat_id: own, kind: 'member' })
      .order('seq', { ascending: false })
      .range(0, 1);
    expect({ data, count, status }).toEqual({ data: [{ body: 'three' }, { body: 'two' }], count: 3, status: 206 });
  });

  test('numbers, texts in any script, and no answer at all', async () => {
    const own = await createChat(ana);
    const body = 'Grüße, 世界 👩‍👩‍👧 \u202eעולם';
    const insert = await ana.client.from('messages').insert({ id: newId(), chat_id: own, body });
    expect(insert).toMatchObject({ status: 201, data: null, error: null });
    expect(
      (await ana.client.from('messages').select('seq, body').match({ chat_id: own, kind: 'member' })).data,
    ).toEqual([{ seq: expect.any(Number), body }]);
  });

  test('many people at once: everybody gets their own', async () => {
    const { token } = await createInvite(ana, chat);
    expect(token.length).toBeGreaterThan(20);
    const people = [ana, ben];
    const asked = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const who = people[index % 2] ?? ana;
        const { data } = await who.client.from('accounts').select('user_id');
        return { who: who.id, got: data?.map((account) => account.user_id) };
      }),
    );
    for (const { who, got } of asked) expect(got).toEqual([who]);
  });
});

test('the secret key passes the policies, and only as the project’s own', async () => {
  const service = createClient(stack.url, stack.secretKey, { auth: { persistSession: false } });
  expect((await service.from('chats').select('id').eq('id', chat)).data).toEqual([{ id: chat }]);
  expect((await read({ apikey: `${stack.secretKey}x` })).status).toBe(401);
});
