import { expect, test } from 'vitest';
import { newId } from '../../lib/model/ids.ts';
import { as, person } from './support/actors.ts';
import { createGroup, createSolo, invite, leave, redeem, removeMember, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, createUser, type TestPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';
import { hold, waitForBlocked } from './support/waiting.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');
const cleo = await createPerson(sql, 'cleo');

const creatorOf = async (chat: string) => {
  const rows = await sql<{ member: string; chat: string }[]>`
    select m.user_id as member, c.creator_id as chat from public.chats c
    join public.members m on m.chat_id = c.id and m.role = 'creator' where c.id = ${chat}`;
  return rows.map((row) => [row.member, row.chat]);
};

const notices = async (chat: string) => {
  const rows = await sql<{ notice: Record<string, unknown> }[]>`
    select notice from public.messages where chat_id = ${chat} and kind = 'system' order by seq`;
  return rows.map((row) => row.notice);
};

test('[CHAT1] starting a chat twice under one id, also at once, is one chat', async () => {
  const chat = newId();
  const create = (who: TestPerson) =>
    as(sql, person(who.id), (tx) => tx`select public.create_chat(${chat}, 'group', 'Twice')`);
  await Promise.all([create(ana), create(ana), create(ana)]);
  expect(await creatorOf(chat)).toEqual([[ana.id, ana.id]]);
  expect(await notices(chat)).toEqual([{ type: 'created', user_id: ana.id }]);
  expect(await refusal(create(ben)), 'an id taken by others').toBe('SR002');
});

test('[CHAT1] a solo chat is answered always, a group when the AI is mentioned', async () => {
  const chats = [await createSolo(sql, ana), await createGroup(sql, ana)];
  const modes = await sql`select kind, title, reply_mode from public.chats where id = any(${chats}) order by kind`;
  expect(modes.map((row) => ({ ...row }))).toEqual([
    { kind: 'solo', title: '', reply_mode: 'automatic' },
    { kind: 'group', title: 'Test group', reply_mode: 'mention' },
  ]);
});

test.for([
  ['no title', '   ', '23514'],
  ['81 characters', 'x'.repeat(81), '23514'],
  ['80 characters and blanks around', ` ${'x'.repeat(80)} `, 'accepted'],
] as const)('a group with %s', async ([, title, expected]) => {
  expect(
    await refusal(as(sql, person(ana.id), (tx) => tx`select public.create_chat(${newId()}, 'group', ${title})`)),
  ).toBe(expected);
});

test('[INV8] nobody starts a chat before having a profile', async () => {
  const { id } = await createUser(sql);
  expect(await refusal(as(sql, person(id), (tx) => tx`select public.create_chat(${newId()}, 'solo')`))).toBe('SR005');
});

test('[MEM1] every member sees all members with face and role', async () => {
  const chat = await createGroup(sql, ana, [ben, cleo]);
  for (const who of [ana, ben, cleo]) {
    const rows = await as(
      sql,
      person(who.id),
      (tx) => tx`select p.username, m.role from public.members m join public.profiles p on p.id = m.user_id
        where m.chat_id = ${chat} order by m.joined_at`,
    );
    expect(rows.map((row) => [row.username, row.role])).toEqual([
      [ana.username, 'creator'],
      [ben.username, 'member'],
      [cleo.username, 'member'],
    ]);
  }
});

test('[MEM2] any member removes any other, but not the creator and not themselves', async () => {
  const chat = await createGroup(sql, ana, [ben, cleo]);
  expect(await refusal(removeMember(sql, ben, chat, ana))).toBe('SR006');
  expect(await refusal(removeMember(sql, ben, chat, ben))).toBe('SR006');
  expect(await refusal(removeMember(sql, ben, chat, cleo))).toBe('accepted');
  expect(await refusal(removeMember(sql, ana, chat, cleo)), 'gone already').toBe('accepted');
  expect((await notices(chat)).at(-1)).toEqual({ type: 'removed', user_id: cleo.id, by: ben.id });
});

test('[MEM2] two who remove each other at once: one goes, one stays', async () => {
  const chat = await createGroup(sql, ana, [ben, cleo]);
  const outcomes = await Promise.all([
    refusal(removeMember(sql, ben, chat, cleo)),
    refusal(removeMember(sql, cleo, chat, ben)),
  ]);
  expect(outcomes.toSorted()).toEqual(['SR002', 'accepted']);
  expect(await sql`select 1 from public.members where chat_id = ${chat}`).toHaveLength(2);
});

test('[MEM2] when the creator leaves, the longest-standing member becomes creator', async () => {
  const chat = await createGroup(sql, ana, [cleo, ben]);
  await leave(sql, ana, chat);
  expect(await creatorOf(chat)).toEqual([[cleo.id, cleo.id]]);
  expect((await notices(chat)).slice(-2)).toEqual([
    { type: 'left', user_id: ana.id, by: ana.id },
    { type: 'creator', user_id: cleo.id },
  ]);
});

test('[MEM3] anyone leaves at any time; leaving twice does nothing; the last one closes the group', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  const token = await invite(sql, ben, chat, { expiresIn: null });
  await leave(sql, ana, chat);
  await leave(sql, ana, chat);
  expect(await sql`select 1 from public.chats where id = ${chat} and closed_at is null`).toHaveLength(1);
  await leave(sql, ben, chat);
  expect(
    await sql`select 1 from public.chats where id = ${chat} and closed_at is not null and creator_id is null`,
  ).toHaveLength(1);
  expect(await refusal(redeem(sql, token, cleo))).toBe('SR004');
  expect((await notices(chat)).map((notice) => notice.type)).toEqual(['created', 'joined', 'left', 'creator', 'left']);
});

test('[MEM3] all 4 members leaving at once close the group, with one creator at any time', async () => {
  const dora = await createPerson(sql, 'dora');
  const chat = await createGroup(sql, ana, [ben, cleo, dora]);
  await Promise.all([ana, ben, cleo, dora].map((who) => leave(sql, who, chat)));
  expect(await sql`select 1 from public.members where chat_id = ${chat}`).toHaveLength(0);
  expect(await sql`select 1 from public.chats where id = ${chat} and closed_at is not null`).toHaveLength(1);
});

test('[MEM3] leaving while being removed is no deadlock', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  const busy = await hold(sql, (tx) => tx`select 1 from public.chats where id = ${chat} for update`);
  const removing = refusal(removeMember(sql, ana, chat, ben));
  await waitForBlocked(sql, 1);
  const leaving = refusal(leave(sql, ben, chat));
  await waitForBlocked(sql, 2);
  await busy.commit();
  expect(await Promise.all([removing, leaving])).toEqual(['accepted', 'accepted']);
  expect((await notices(chat)).at(-1)).toEqual({ type: 'removed', user_id: ben.id, by: ana.id });
});

test('[MEM3] when the last one leaves while somebody joins, one of the two is first, and nobody waits for ever', async () => {
  const chat = await createGroup(sql, ana);
  const token = await invite(sql, ana, chat);
  const busy = await hold(sql, (tx) => tx`select 1 from public.chats where id = ${chat} for update`);
  const leaving = refusal(leave(sql, ana, chat));
  await waitForBlocked(sql, 1);
  const joining = refusal(redeem(sql, token, ben));
  await waitForBlocked(sql, 2);
  await busy.commit();
  expect(await Promise.all([leaving, joining])).toEqual(['accepted', 'SR004']);
});

test('[MEM6] a newcomer is announced, and what was said before is not unread', async () => {
  const chat = await createGroup(sql, ana);
  await say(sql, ana, chat, 'before');
  await redeem(sql, await invite(sql, ana, chat), ben);
  expect((await notices(chat)).at(-1)).toEqual({ type: 'joined', user_id: ben.id });
  const summary = async () => {
    const rows = await as(
      sql,
      person(ben.id),
      (tx) => tx<{ chat: Record<string, unknown> }[]>`select public.my_chats() as chat`,
    );
    return rows.map((row) => row.chat).find((row) => row.id === chat);
  };
  expect(await summary()).toMatchObject({ unread: 0, member_count: 2 });
  await say(sql, ana, chat, 'after');
  const unread = await summary();
  expect(unread).toMatchObject({ unread: 1, last_message: { body: 'after' } });
  const read = (seq: number) => as(sql, person(ben.id), (tx) => tx`select public.mark_read(${chat}, ${seq})`);
  await read(1_000_000);
  expect(await summary()).toMatchObject({ unread: 0, last_read_seq: unread?.last_seq });
  await read(1);
  expect(await summary(), 'reading does not go back').toMatchObject({ last_read_seq: unread?.last_seq });
});

test('unread messages are counted up to 100; one’s own and notices are not', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  const unread = async () => {
    const rows = await as(
      sql,
      person(ben.id),
      (tx) => tx<{ unread: number }[]>`
        select (c ->> 'unread')::int as unread from public.my_chats() c where c ->> 'id' = ${chat}`,
    );
    return rows.map((row) => row.unread);
  };
  await say(sql, ben, chat, 'my own');
  await redeem(sql, await invite(sql, ana, chat), cleo);
  expect(await unread()).toEqual([0]);
  await sql`insert into public.messages (id, chat_id, author_id, body)
    select gen_random_uuid(), ${chat}, ${ana.id}, 'm ' || i from generate_series(1, 101) i`;
  expect(await unread()).toEqual([100]);
});
