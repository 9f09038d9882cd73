import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { as, person } from './support/actors.ts';
import { createGroup, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { ADULT, createPerson, createUser as signUp, tellBirthDate } from './support/people.ts';
import { refusal } from './support/refusal.ts';
import { hold, waitForBlocked } from './support/waiting.ts';

const { sql } = await useDatabase();

/** Signed up, and old enough for a profile. */
const createUser = async () => {
  const user = await signUp(sql);
  await tellBirthDate(sql, user.id, ADULT);
  return user;
};

const save = (id: string, name: string, username: string, avatar: string | null = null) =>
  as(sql, person(id), (tx) => tx`select * from public.save_profile(${name}, ${username}, ${avatar})`);

test('[INV8] a profile is made and changed by its owner, trimmed and in lower case', async () => {
  const { id } = await createUser();
  const [made] = await save(id, '  Ana  ', ' Ana.One ');
  expect(made).toMatchObject({ id, display_name: 'Ana', username: 'ana.one', avatar_path: null });
  const [changed] = await save(id, 'Ana B', 'ana.two', `${id}/face.webp`);
  expect(changed).toMatchObject({ id, display_name: 'Ana B', username: 'ana.two', avatar_path: `${id}/face.webp` });
});

test.for([
  ['an empty name', '  ', 'fine_name', 'SR011'],
  ['51 characters of name', 'x'.repeat(51), 'fine_name', 'SR011'],
  ['50 emoji as name', '🦊'.repeat(50), 'foxes_50', 'accepted'],
  ['a username of 2', 'Ana', 'ab', 'SR011'],
  ['a username of 3', 'Ana', 'a_1', 'accepted'],
  ['a username of 30', 'Ana', 'a'.repeat(30), 'accepted'],
  ['a username of 31', 'Ana', 'a'.repeat(31), 'SR011'],
  ['a username with a blank', 'Ana', 'a b', 'SR011'],
  ['a username with a letter of another script', 'Ana', 'аna', 'SR011'],
  ['the AI’s handle', 'Ana', 'Sideroom', 'SR011'],
  ['the handle of everybody', 'Ana', 'all', 'SR011'],
] as const)('[INV8] %s', async ([, name, username, expected]) => {
  const { id } = await createUser();
  expect(await refusal(save(id, name, username))).toBe(expected);
});

test('[INV8] a picture lies below its owner’s id', async () => {
  const { id } = await createUser();
  expect(await refusal(save(id, 'Ana', 'ana_pic', `${randomUUID()}/face.webp`))).toBe('SR011');
});

test('[INV8] a username is held by one person, also when two want it at once', async () => {
  const people = await Promise.all([createUser(), createUser(), createUser()]);
  const outcomes = await Promise.all(people.map(({ id }) => refusal(save(id, 'Ana', 'wanted'))));
  expect(outcomes.toSorted()).toEqual(['SR010', 'SR010', 'accepted']);
});

test('[INV8] a username is said to be free or not, and to its holder always free', async () => {
  const holder = await createPerson(sql, 'holder');
  const other = await createPerson(sql, 'other');
  const free = async (id: string, username: string) => {
    const [row] = await as(sql, person(id), (tx) => tx`select public.username_available(${username}) as free`);
    return row?.free;
  };
  expect(await free(other.id, holder.username.toUpperCase())).toBe(false);
  expect(await free(holder.id, holder.username)).toBe(true);
  expect(await free(other.id, 'nobody_has_this')).toBe(true);
});

test('a rename does not deadlock with a message of the same person', async () => {
  const ana = await createPerson(sql, 'ana');
  const chat = await createGroup(sql, ana);
  // The message is first in the queue for the chat; the rename comes second and holds the profile, which the message refers to.
  const busy = await hold(sql, (tx) => tx`select 1 from public.chats where id = ${chat} for update`);
  const sending = refusal(say(sql, ana, chat, 'meanwhile'));
  await waitForBlocked(sql, 1);
  const renaming = refusal(save(ana.id, 'Ana', 'renamed_ana'));
  await waitForBlocked(sql, 2);
  await busy.commit();
  expect(await Promise.all([sending, renaming])).toEqual(['accepted', 'accepted']);
});

test('an account is there as soon as a person has signed up', async () => {
  const { id } = await signUp(sql);
  const rows = await as(sql, person(id), (tx) => tx`select user_id, birth_date, plan, settings from public.accounts`);
  expect(rows.map((row) => ({ ...row }))).toEqual([{ user_id: id, birth_date: null, plan: 'free', settings: {} }]);
});

test('nobody gives themselves a plan; settings are an object of at most 8 KiB', async () => {
  const ana = await createPerson(sql, 'ana');
  const set = (column: string, value: string) =>
    refusal(as(sql, person(ana.id), (tx) => tx.unsafe(`update public.accounts set ${column} = '${value}'`)));
  expect(await set('plan', 'pro')).toBe('42501');
  expect(await set('settings', '[]')).toBe('23514');
  expect(await set('settings', JSON.stringify({ note: 'x'.repeat(9000) }))).toBe('23514');
  expect(await set('settings', '{"theme": "dark"}')).toBe('accepted');
});

test('deleting the login takes profile, account and memberships with it, and keeps what was said', async () => {
  const ana = await createPerson(sql, 'ana');
  const ben = await createPerson(sql, 'ben');
  const chat = await createGroup(sql, ana, [ben]);
  const id = await say(sql, ana, chat, 'I was here');
  await sql`delete from auth.users where id = ${ana.id}`;
  const [left] = await sql`select
    (select count(*)::int from public.profiles where id = ${ana.id}) as profiles,
    (select count(*)::int from public.accounts where user_id = ${ana.id}) as accounts,
    (select creator_id from public.chats where id = ${chat}) as creator,
    (select author_id from public.messages where id = ${id}) as author,
    (select body from public.messages where id = ${id}) as body`;
  expect(left).toEqual({ profiles: 0, accounts: 0, creator: ben.id, author: null, body: 'I was here' });
});
