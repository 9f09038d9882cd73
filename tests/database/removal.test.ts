import { expect, test } from 'vitest';
import { as, become, person } from './support/actors.ts';
import { broadcasts, topicOf } from './support/broadcasts.ts';
import { createGroup, insertMessage, invite, leave, redeem, removeMember, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';
import { hold, waitForBlocked } from './support/waiting.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');
const cleo = await createPerson(sql, 'cleo');

const canReceive = async (who: TestPerson, topic: string) => {
  const [row] = await as(sql, person(who.id), async (tx) => {
    await tx`select set_config('realtime.topic', ${topic}, true)`;
    return tx<{ allowed: boolean }[]>`select private.can_receive((select realtime.topic())) as allowed`;
  });
  return row?.allowed;
};

const holdRemoval = (chat: string) =>
  hold(sql, async (tx) => {
    await become(tx, person(ana.id));
    await tx`select public.remove_member(${chat}, ${ben.id})`;
  });

test.for([
  ['removed', (chat: string) => removeMember(sql, ana, chat, ben)],
  ['gone by own act', (chat: string) => leave(sql, ben, chat)],
] as const)('[MEM4] a person %s can listen neither on the old topic nor on the new one', async ([, go]) => {
  const chat = await createGroup(sql, ana, [ben, cleo]);
  const before = await topicOf(sql, chat);
  expect(await canReceive(ben, before)).toBe(true);
  await go(chat);
  const after = await topicOf(sql, chat);
  expect(after).not.toBe(before);
  expect([await canReceive(ben, before), await canReceive(ben, after)]).toEqual([false, false]);
  expect([await canReceive(cleo, before), await canReceive(cleo, after)]).toEqual([false, true]);
});

test('[MEM4] from the removal on, everything is sent on the new topic only', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  const before = await topicOf(sql, chat);
  const known = (await broadcasts(sql, before)).length;
  await removeMember(sql, ana, chat, ben);
  await say(sql, ana, chat, 'he is gone, @ai');
  await as(sql, person(ana.id), (tx) => tx`update public.profiles set display_name = 'Ana Two' where id = ${ana.id}`);
  expect(await broadcasts(sql, before), 'nothing more on the old topic').toHaveLength(known);
  const events = await broadcasts(sql, await topicOf(sql, chat));
  expect(events.map(({ event, payload }) => `${event} ${payload.kind ?? payload.state}`).toSorted()).toEqual(
    ['change member', 'change message', 'change message', 'change member', 'reply queued'].toSorted(),
  );
  expect(events.every((event) => event.private)).toBe(true);
});

test('[MEM4] a message that waited for the lock while its author was removed is refused', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  const removal = await holdRemoval(chat);
  // The statement begins before the removal is committed, so row-level security still lets it in.
  const sending = refusal(say(sql, ben, chat, 'one last word'));
  await waitForBlocked(sql, 1);
  await removal.commit();
  expect(await sending).toBe('SR002');
  expect(await sql`select 1 from public.messages where chat_id = ${chat} and author_id = ${ben.id}`).toHaveLength(0);
});

test('[MEM4] a delta that was being sent reaches the old topic before the removal, or the new one after it', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  await say(sql, ana, chat, '@ai hello');
  const [claim] = await sql`select private.claim_reply(${chat}) as job`;
  const before = await topicOf(sql, chat);
  const removal = await holdRemoval(chat);
  const appending = sql`select private.append_reply(${claim?.job.job_id}, ${claim?.job.lease}, 0, 'secret')`.execute();
  await waitForBlocked(sql, 1);
  await removal.commit();
  await appending;
  expect((await broadcasts(sql, before)).filter((sent) => sent.event === 'delta')).toHaveLength(0);
  expect((await broadcasts(sql, await topicOf(sql, chat))).filter((sent) => sent.event === 'delta')).toHaveLength(1);
});

test('[MEM4] the removed person is told on their own topic, and those who stay learn of the new epoch there', async () => {
  const chat = await createGroup(sql, ana, [cleo]);
  await removeMember(sql, ana, chat, cleo);
  const told = async (who: TestPerson) =>
    (await broadcasts(sql, `user:${who.id}`))
      .filter(({ payload }) => payload.chat_id === chat)
      .map(({ event, payload }) => [event, payload]);
  expect(await told(cleo)).toContainEqual(['membership', { chat_id: chat, member: false }]);
  expect(await told(ana)).toContainEqual(['membership', { chat_id: chat, member: true }]);
});

test('[MEM4] the AI is given nothing once the person who asked is gone', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  await say(sql, ben, chat, '@ai what do you know?');
  const [claim] = await sql`select private.claim_reply(${chat}) as job`;
  const context = async () => {
    const [row] = await sql`select private.reply_context(${claim?.job.job_id}, ${claim?.job.lease}, 60) as context`;
    return row?.context;
  };
  expect(await context()).toMatchObject({ asker: { id: ben.id } });
  await removeMember(sql, ana, chat, ben);
  expect(await context()).toBeNull();
});

test('[MEM5] who is gone reads nothing any more, and sees no one; who comes back sees it all', async () => {
  const dora = await createPerson(sql, 'dora');
  const chat = await createGroup(sql, ana, [dora]);
  await say(sql, dora, chat, 'mine');
  const sees = () =>
    as(sql, person(dora.id), async (tx) => ({
      messages: (await tx`select 1 from public.messages where chat_id = ${chat}`).count,
      changes: (await tx`select public.catch_up(${chat}, 0)`).count,
      members: (await tx`select 1 from public.members where chat_id = ${chat}`).count,
      profiles: (await tx`select 1 from public.profiles where id = ${ana.id}`).count,
      chats: (await tx`select public.my_chats()`).count,
    }));
  const before = await sees();
  expect(Object.values(before).every((count) => count > 0)).toBe(true);
  await removeMember(sql, ana, chat, dora);
  expect(await sees()).toEqual({ messages: 0, changes: 0, members: 0, profiles: 0, chats: 0 });
  expect(await refusal(as(sql, person(dora.id), (tx) => insertMessage(tx, chat, 'again')))).toBe('SR002');
  await redeem(sql, await invite(sql, ana, chat), dora);
  expect((await sees()).messages).toBe(before.messages + 2);
});

test('a former member keeps a face for those who stay', async () => {
  const emil = await createPerson(sql, 'emil');
  const chat = await createGroup(sql, ana, [emil]);
  await leave(sql, emil, chat);
  const faces = await as(sql, person(ana.id), (tx) => tx`select username from public.profiles where id = ${emil.id}`);
  expect(faces.map((face) => face.username)).toEqual([emil.username]);
});
