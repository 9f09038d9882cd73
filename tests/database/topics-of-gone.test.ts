import { expect, test } from 'vitest';
import { as, person, SERVICE } from './support/actors.ts';
import { broadcasts, topicOf } from './support/broadcasts.ts';
import { createGroup, invite, redeem, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');

const opens = async (who: TestPerson, topic: string) =>
  (await as(sql, person(who.id), (tx) => tx`select private.can_receive(${topic}) as yes`))[0]?.yes;
/** What Realtime would tell again to whoever joins the present topic. */
const toldAgain = async (chat: string) => JSON.stringify(await broadcasts(sql, await topicOf(sql, chat)));

test('[SAFE6] what retention has purged is not told again by Realtime', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  await say(sql, ana, chat, 'long ago');
  await as(sql, person(ana.id), (tx) => tx`select public.set_retention(${chat}, 1)`);
  await sql`update public.messages set created_at = now() - interval '2 days' where chat_id = ${chat}`;
  await sql`update public.chats set retention_since = now() - interval '2 days' where id = ${chat}`;
  const before = await topicOf(sql, chat);
  expect(await toldAgain(chat)).toContain('long ago');
  const told = (await broadcasts(sql, `user:${ben.id}`)).length;
  await as(sql, SERVICE, (tx) => tx`select public.purge_rows()`);
  expect(await toldAgain(chat)).not.toContain('long ago');
  expect(await toldAgain(chat)).toContain('purge');
  expect([await opens(ben, before), await opens(ben, await topicOf(sql, chat))]).toEqual([false, true]);
  expect((await broadcasts(sql, `user:${ben.id}`)).slice(told)).toMatchObject([{ event: 'membership' }]);
  const after = await topicOf(sql, chat);
  await as(sql, SERVICE, (tx) => tx`select public.purge_rows()`);
  expect(await topicOf(sql, chat), 'nothing went').toBe(after);
});

test('[MSG4] what was deleted is not told again to whoever joins later', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  const token = await invite(sql, ana, chat);
  const message = await say(sql, ana, chat, 'said in haste');
  await as(sql, person(ana.id), (tx) => tx`select public.delete_message(${message})`);
  const before = await topicOf(sql, chat);
  const cleo = await createPerson(sql, 'cleo');
  await redeem(sql, token, cleo);
  expect(await toldAgain(chat)).not.toContain('said in haste');
  expect(await toldAgain(chat)).toContain('joined');
  expect([await opens(cleo, before), await opens(cleo, await topicOf(sql, chat))]).toEqual([false, true]);
});

test('[MSG4] where nothing was deleted the topic stays', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  const before = await topicOf(sql, chat);
  await redeem(sql, await invite(sql, ana, chat), await createPerson(sql, 'dora'));
  expect(await topicOf(sql, chat)).toBe(before);
});
