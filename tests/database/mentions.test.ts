import { describe, expect, test } from 'vitest';
import { as, person } from './support/actors.ts';
import { createGroup, createSolo, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');
const cleo = await createPerson(sql, 'cleo');
const stranger = await createPerson(sql, 'stranger');
const chat = await createGroup(sql, ana, [ben, cleo]);

async function nameOf({ id }: TestPerson): Promise<string> {
  const [row] = await sql<{ username: string }[]>`select username from public.profiles where id = ${id}`;
  return row?.username ?? '';
}
const names = { ben: await nameOf(ben), cleo: await nameOf(cleo), stranger: await nameOf(stranger) };

const mentionsOf = async (id: string) => {
  const [row] = await sql<{ mentions: string[]; mentions_all: boolean }[]>`
    select mentions, mentions_all from public.messages where id = ${id}`;
  return row;
};

/** Whether somebody's list marks the chat. */
async function isMarked(who: TestPerson, where = chat): Promise<boolean | undefined> {
  const rows = await as(
    sql,
    person(who.id),
    (tx) => tx<{ chat: { id: string; mentioned: boolean } }[]>`select public.my_chats() as chat`,
  );
  return rows.find((row) => row.chat.id === where)?.chat.mentioned;
}

describe('[MSG5] whom a message addresses', () => {
  test.each([
    [`hello @${names.ben}`, [ben.id], false],
    [`@${names.ben.toUpperCase()}, @${names.cleo}!`, [ben.id, cleo.id].sort(), false],
    [`ask @${names.ben}.`, [ben.id], false],
    [`(@${names.ben})`, [ben.id], false],
    [`mail me: ana@${names.ben}`, [], false],
    [`@${names.ben}x`, [], false],
    [`@@${names.ben}`, [], false],
    [`@${names.stranger}`, [], false],
    ['@all look', [], true],
    ['@Everyone!', [], true],
    ['@allison', [], false],
    ['all of you', [], false],
  ])('%s', async (text, mentions, mentions_all) => {
    const id = await say(sql, ana, chat, text);
    expect(await mentionsOf(id)).toEqual({ mentions, mentions_all });
  });

  test('a name with a dot at its end', async () => {
    await sql`update public.profiles set username = 'dot.dot.' where id = ${cleo.id}`;
    for (const text of ['@dot.dot. hi', 'hi @dot.dot.'])
      expect((await mentionsOf(await say(sql, ana, chat, text)))?.mentions).toEqual([cleo.id]);
    await sql`update public.profiles set username = ${names.cleo} where id = ${cleo.id}`;
  });

  test('who is answered is addressed, and nobody addresses themselves', async () => {
    const id = await say(sql, ben, chat, `I am @${names.ben}`);
    expect((await mentionsOf(id))?.mentions).toEqual([]);
    expect((await mentionsOf(await say(sql, ana, chat, 'indeed', { replyTo: id })))?.mentions).toEqual([ben.id]);
    expect((await mentionsOf(await say(sql, ben, chat, 'yes', { replyTo: id })))?.mentions).toEqual([]);
  });

  test('clients do not write it', async () => {
    const insert = as(
      sql,
      person(ana.id),
      (tx) =>
        tx`insert into public.messages (id, chat_id, body, mentions_all) values (gen_random_uuid(), ${chat}, 'x', true)`,
    );
    await expect(insert).rejects.toThrow('permission denied');
  });
});

test('[CHAT3] [MSG5] the list marks a chat until the mention is read', async () => {
  const group = await createGroup(sql, ana, [ben, cleo]);
  await say(sql, ana, group, `@${names.ben} come`);
  await say(sql, ana, group, 'and more');
  expect([await isMarked(ben, group), await isMarked(cleo, group), await isMarked(ana, group)]).toEqual([
    true,
    false,
    false,
  ]);
  await as(sql, person(ben.id), (tx) => tx`select public.mark_read(${group}, 1000)`);
  expect(await isMarked(ben, group)).toBe(false);
  await say(sql, ben, group, '@all now');
  expect([await isMarked(ben, group), await isMarked(cleo, group), await isMarked(ana, group)]).toEqual([
    false,
    true,
    true,
  ]);
  expect(await isMarked(ana, await createSolo(sql, ana))).toBe(false);
});
