import { expect, test } from 'vitest';
import { newId } from '../../lib/model/ids.ts';
import { as, person, SERVICE } from './support/actors.ts';
import { createGroup, createSolo, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';
import { ask, claimLeased } from './support/replies.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');

const add = (who: TestPerson, body: string, id = newId()) =>
  as(sql, person(who.id), (tx) => tx`insert into public.memories (id, body) values (${id}, ${body})`);
const listOf = async (who: TestPerson) =>
  (await as(sql, person(who.id), (tx) => tx`select body from public.memories order by created_at`)).map(
    (row) => row.body,
  );

/** What a worker that answers this person in this chat is given of memories. */
async function givenIn(chat: string, who: TestPerson): Promise<unknown> {
  await ask(sql, who, chat);
  const job = await claimLeased(sql, chat);
  const rows = await as(
    sql,
    SERVICE,
    (tx) => tx`select public.reply_care(${job.job_id}, ${job.lease}) -> 'memories' as given`,
  );
  await as(sql, SERVICE, (tx) => tx`select public.finish_reply(${job.job_id}, ${job.lease}, 'done', 'Yes.')`);
  return rows[0]?.given;
}

test('[SAFE3] memories go to answers in the person’s own solo chat, and to none in a group', async () => {
  await add(ana, 'I live in Rome.');
  await add(ben, 'I am vegan.');
  expect(await givenIn(await createSolo(sql, ana), ana)).toEqual(['I live in Rome.']);
  expect(await givenIn(await createSolo(sql, ben), ben)).toEqual(['I am vegan.']);
  for (const group of [await createGroup(sql, ana), await createGroup(sql, ana, [ben])])
    expect(await givenIn(group, ana)).toEqual([]);
});

test('[SAFE3] a copy of a solo chat takes no memory along', async () => {
  const cleo = await createPerson(sql, 'cleo');
  await add(cleo, 'I collect stamps.');
  const solo = await createSolo(sql, cleo);
  await say(sql, cleo, solo, 'hello');
  const copy = newId();
  await as(sql, SERVICE, (tx) => tx`select public.copy_chat(${solo}, ${cleo.id}, ${copy}, 'Copy', '{}', '{}')`);
  expect(await givenIn(copy, cleo)).toEqual([]);
  const all = await sql`select to_jsonb(m) as row from public.messages m where chat_id = ${copy}`;
  expect(JSON.stringify(all)).not.toContain('stamps');
});

test('[SAFE3] no role that works on answers reads the table; only reply_care leads to it, and it asks for the chat’s kind', async () => {
  const rights = await sql`
    select r.role, p.privilege from unnest(array['anon', 'service_role']) r(role), unnest(array['select', 'insert', 'update', 'delete']) p(privilege)
    where has_table_privilege(r.role, 'public.memories', p.privilege)`;
  expect([...rights]).toEqual([]);
  const readers = await sql`
    select p.proname from pg_proc p where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace) and p.prosrc ~ '\\mmemories\\M'
      and p.prosecdef order by 1`;
  expect(readers.map(({ proname }) => proname)).toEqual(['count_memories', 'reply_care', 'solo_memories']);
});

test('[SAFE3] switched off they are kept and not read', async () => {
  const dora = await createPerson(sql, 'dora');
  await add(dora, 'I play the cello.');
  const solo = await createSolo(sql, dora);
  const turn = (on: boolean) => as(sql, person(dora.id), (tx) => tx`update public.accounts set memories_on = ${on}`);
  await turn(false);
  expect(await givenIn(solo, dora)).toEqual([]);
  expect(await listOf(dora)).toEqual(['I play the cello.']);
  await turn(true);
  expect(await givenIn(solo, dora)).toEqual(['I play the cello.']);
});

test('[SAFE3] what was said in a solo chat can be remembered, what was said in a group cannot', async () => {
  const eve = await createPerson(sql, 'eve');
  const remember = (message: string, id = newId()) =>
    refusal(as(sql, person(eve.id), (tx) => tx`select public.remember_message(${id}, ${message})`));
  const solo = await createSolo(sql, eve);
  const said = await say(sql, eve, solo, `  My cat is called Ada. ${'x'.repeat(600)}`);
  const id = newId();
  expect([await remember(said, id), await remember(said, id)]).toEqual(['accepted', 'accepted']);
  expect((await listOf(eve)).map((body) => [body.slice(0, 21), body.length])).toEqual([['My cat is called Ada.', 500]]);
  expect(await remember(await say(sql, eve, await createGroup(sql, eve, [ben]), 'Ben has a dog.'))).toBe('SR087');
  expect(await remember(await say(sql, ana, await createSolo(sql, ana), 'Not hers.'))).toBe('SR087');
});

test('[SAFE3] a memory has words, up to 500 characters, and there are at most 100', async () => {
  const fay = await createPerson(sql, 'fay');
  for (const body of [' ', 'x'.repeat(501)]) expect(await refusal(add(fay, body))).toBe('23514');
  await Promise.all(Array.from({ length: 98 }, (_, number) => add(fay, `fact ${number}`)));
  const last = await Promise.all(Array.from({ length: 5 }, () => refusal(add(fay, 'one of the last'))));
  expect(last.toSorted()).toEqual(['SR088', 'SR088', 'SR088', 'accepted', 'accepted']);
});
