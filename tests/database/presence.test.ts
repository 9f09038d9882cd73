import { describe, expect, test } from 'vitest';
import { as, person } from './support/actors.ts';
import { broadcasts, topicOf } from './support/broadcasts.ts';
import { createGroup, removeMember, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');
const cleo = await createPerson(sql, 'cleo');
const stranger = await createPerson(sql, 'stranger');

const beat = (who: TestPerson, chat: string, here = true, typing = false) =>
  as(sql, person(who.id), (tx) => tx`select public.beat(${chat}, ${here}, ${typing})`);
const markRead = (who: TestPerson, chat: string, seq: number) =>
  as(sql, person(who.id), (tx) => tx`select public.mark_read(${chat}, ${seq})`);
/** Who somebody is told is there: ids, with a mark on those who write. */
const present = async (who: TestPerson, chat: string) =>
  (
    await as(
      sql,
      person(who.id),
      (tx) => tx<{ row: { user_id: string; typing: boolean } }[]>`select public.present_members(${chat}) as row`,
    )
  )
    .map(({ row }) => `${row.user_id}${row.typing ? ' typing' : ''}`)
    .sort();
const told = async (chat: string, event: string) =>
  (await broadcasts(sql, await topicOf(sql, chat)))
    .filter((broadcast) => broadcast.event === event)
    .map(({ payload }) => payload);
/** Time passes for everybody who is there. */
const pass = (interval: string) => sql`update private.presence set seen_at = seen_at - ${interval}::interval`;

describe('[MSG7] presence', () => {
  test('members see who looks on and who writes, until they go', async () => {
    const chat = await createGroup(sql, ana, [ben, cleo]);
    await beat(ana, chat);
    await beat(ben, chat, true, true);
    expect(await present(cleo, chat)).toEqual([ana.id, `${ben.id} typing`].sort());
    await beat(ben, chat, true, false);
    await beat(ana, chat, false);
    await beat(ana, chat, false);
    expect(await present(cleo, chat)).toEqual([ben.id]);
    const facts = { chat_id: chat, here: true, typing: false };
    expect(await told(chat, 'presence')).toEqual([
      { ...facts, user_id: ana.id },
      { ...facts, user_id: ben.id, typing: true },
      { ...facts, user_id: ben.id },
      { ...facts, user_id: ana.id, here: false },
    ]);
  });

  test('each beat is told, but not faster than once a second', async () => {
    const chat = await createGroup(sql, ana);
    for (let times = 0; times < 5; times++) await beat(ana, chat);
    expect(await told(chat, 'presence')).toHaveLength(1);
    await pass('2 seconds');
    await beat(ana, chat);
    expect(await told(chat, 'presence')).toHaveLength(2);
  });

  test('who has not beaten for 70 seconds is not there', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    await beat(ana, chat);
    await pass('69 seconds');
    expect(await present(ben, chat)).toEqual([ana.id]);
    await pass('2 seconds');
    expect(await present(ben, chat)).toEqual([]);
  });

  test('[MEM4] whoever is removed is gone, tells nothing and is told nothing', async () => {
    const chat = await createGroup(sql, ana, [ben, cleo]);
    await Promise.all([ana, ben, cleo].map((who) => beat(who, chat)));
    const before = await topicOf(sql, chat);
    await removeMember(sql, ana, chat, ben);
    expect(await present(ana, chat)).toEqual([ana.id, cleo.id].sort());
    expect(await present(ben, chat)).toEqual([]);
    expect(await present(stranger, chat)).toEqual([]);
    for (const who of [ben, stranger])
      for (const here of [true, false]) expect(await refusal(beat(who, chat, here))).toBe('SR002');
    const earlier = (await broadcasts(sql, before)).length;
    await pass('2 seconds');
    await beat(ana, chat, true, true);
    await markRead(ana, chat, 1000);
    expect(await broadcasts(sql, before)).toHaveLength(earlier);
    expect(await told(chat, 'presence')).toHaveLength(1);
  });

  test('beats while somebody is being removed neither fail nor leave a trace', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    const beats = Array.from({ length: 10 }, (_, index) => refusal(beat(ben, chat, true, index % 2 === 0)));
    const [outcomes] = await Promise.all([Promise.all(beats), removeMember(sql, ana, chat, ben)]);
    expect(outcomes.filter((outcome) => !['accepted', 'SR002', '23503'].includes(outcome))).toEqual([]);
    expect(await present(ana, chat)).toEqual([]);
  });
});

describe('[MSG7] read positions', () => {
  test('are told when they move, and only then', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    await say(sql, ana, chat, 'hello');
    const [row] = await sql<{ seq: number }[]>`select last_seq::int as seq from public.chats where id = ${chat}`;
    const seq = row?.seq ?? 0;
    await markRead(ben, chat, 1_000);
    await markRead(ben, chat, 1_000);
    await markRead(ben, chat, 1);
    await markRead(stranger, chat, 1);
    expect(await told(chat, 'read')).toEqual([{ chat_id: chat, user_id: ben.id, seq }]);
  });
});
