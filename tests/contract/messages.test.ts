import { createClient } from '@supabase/supabase-js';
import { expect, test } from 'vitest';
import { newId } from '../../lib/model/ids.ts';
import { MAX_MESSAGE_CHARACTERS } from '../../lib/model/text.ts';
import { type ApiPerson, createChat, createInvite, rpc, say, signIn } from '../support/api-person.ts';
import { stackUnderTest } from '../support/stack.ts';

interface Change {
  readonly seq: number;
  readonly kind: string;
  readonly message?: { readonly id: string; readonly seq: number };
}

const stack = stackUnderTest();
const service = createClient(stack.url, stack.secretKey, { auth: { persistSession: false } });
const ana = await signIn(stack, 'Ana');
const ben = await signIn(stack, 'Ben');

const seat = async (token: string, { id }: ApiPerson) => {
  const { error } = await service.rpc('redeem_invite', { p_token: token, p_user: id });
  return error?.code ?? 'seated';
};

const catchUp = (person: ApiPerson, chat: string) => rpc<Change[]>(person, 'catch_up', { p_chat: chat, p_after: 0 });

test.for([
  ['16,000 letters', 'x'.repeat(MAX_MESSAGE_CHARACTERS), null],
  ['16,001 letters', 'x'.repeat(MAX_MESSAGE_CHARACTERS + 1), '23514'],
  ['16,000 emoji', '🦊'.repeat(MAX_MESSAGE_CHARACTERS), null],
  ['16,001 emoji', '🦊'.repeat(MAX_MESSAGE_CHARACTERS + 1), '23514'],
  ['nothing but blanks', '  \n ', '23514'],
] as const)('[MSG1] %s', async ([, body, code]) => {
  const chat = await createChat(ana, 'group');
  const id = newId();
  const { data, error } = await ana.client.from('messages').insert({ id, chat_id: chat, body }).select('id, body');
  expect(error?.code ?? null).toBe(code);
  if (code === null) expect(data).toEqual([{ id, body }]);
});

test('[MSG2] the same message sent twice is one row, also where duplicates are asked to be ignored', async () => {
  const chat = await createChat(ana, 'group');
  const message = { id: newId(), chat_id: chat, body: 'once' };
  const messages = ana.client.from('messages');
  expect((await messages.insert(message)).error).toBeNull();
  expect((await messages.insert(message)).error?.code).toBe('23505');
  const ignoring = await messages.upsert(message, { onConflict: 'id', ignoreDuplicates: true });
  expect(ignoring.error?.code).toBe('23505');
  await say(ana, chat, 'next');
  expect((await catchUp(ana, chat)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
});

test('[MSG2] 8 times the same message at once is one row', async () => {
  const chat = await createChat(ana, 'group');
  const message = { id: newId(), chat_id: chat, body: 'once' };
  const answers = await Promise.all(Array.from({ length: 8 }, () => ana.client.from('messages').insert(message)));
  expect(answers.filter(({ error }) => error === null)).toHaveLength(1);
  expect(answers.filter(({ error }) => error?.code === '23505')).toHaveLength(7);
});

test('[MSG3] what two people write at once stands in one order for both, without a gap', async () => {
  const chat = await createChat(ana, 'group');
  await seat((await createInvite(ana, chat)).token, ben);
  await Promise.all([ana, ben].flatMap((who) => Array.from({ length: 10 }, (_, i) => say(who, chat, `message ${i}`))));
  const changes = await catchUp(ana, chat);
  expect(await catchUp(ben, chat)).toEqual(changes);
  expect(changes.map(({ seq }) => seq)).toEqual(Array.from({ length: changes.length }, (_, i) => i + 1));
  expect(changes.filter(({ kind }) => kind === 'message')).toHaveLength(22);
});

test('[CHAT5] 12 people redeeming at once into 5 free seats seat exactly 5', async () => {
  const chat = await createChat(ana, 'group');
  const { token } = await createInvite(ana, chat);
  const sign = (count: number) => Promise.all(Array.from({ length: count }, (_, i) => signIn(stack, `Guest ${i}`)));
  for (const guest of await sign(14)) expect(await seat(token, guest)).toBe('seated');
  const outcomes = await Promise.all((await sign(12)).map((guest) => seat(token, guest)));
  expect(outcomes.filter((outcome) => outcome === 'seated')).toHaveLength(5);
  expect(outcomes.filter((outcome) => outcome === 'SR003')).toHaveLength(7);
});

test('[INV8] a taken username and an unusable name come with their codes', async () => {
  const [taken] = (await ana.client.from('profiles').select('username').eq('id', ana.id)).data ?? [];
  const save = (name: string, username: string) =>
    rpc(ben, 'save_profile', { p_display_name: name, p_username: username });
  await expect(save('Ben', taken?.username)).rejects.toMatchObject({ code: 'SR010' });
  await expect(save('', 'fine_name')).rejects.toMatchObject({ code: 'SR011' });
  expect(await rpc(ben, 'username_available', { p_username: taken?.username })).toBe(false);
});
