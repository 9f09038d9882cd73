import { expect, test } from 'vitest';
import { as, person } from './support/actors.ts';
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
