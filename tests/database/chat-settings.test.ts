import { describe, expect, test } from 'vitest';
import { as, person, SERVICE } from './support/actors.ts';
import { broadcasts, topicOf } from './support/broadcasts.ts';
import { createGroup, createSolo, invite, leave, redeem, removeMember, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');
const cleo = await createPerson(sql, 'cleo');

const rename = (who: TestPerson, chat: string, title: string) =>
  as(sql, person(who.id), (tx) => tx`select public.rename_chat(${chat}, ${title})`);
const instruct = (who: TestPerson, chat: string, words: string) =>
  as(sql, person(who.id), (tx) => tx`select public.set_instructions(${chat}, ${words})`);
const handOver = (who: TestPerson, chat: string, to: TestPerson) =>
  as(sql, person(who.id), (tx) => tx`select public.hand_over(${chat}, ${to.id})`);
const deleteChat = (who: TestPerson, chat: string, title: string) =>
  as(sql, person(who.id), (tx) => tx`select public.delete_chat(${chat}, ${title})`);

interface AuditEvent {
  readonly type: string;
  readonly actor_id: string | null;
  readonly subject_id: string | null;
  readonly details: unknown;
}

/** The log as a member reads it, oldest first. */
const auditOf = (who: TestPerson, chat: string) =>
  as(
    sql,
    person(who.id),
    (tx) => tx<AuditEvent[]>`
      select type, actor_id, subject_id, details from public.audit_events where chat_id = ${chat} order by id`,
  );
const noticesOf = async (chat: string) =>
  (
    await sql<{ notice: Record<string, unknown> }[]>`
    select notice from public.messages where chat_id = ${chat} and kind = 'system' order by seq`
  ).map(({ notice }) => notice);
const roles = async (chat: string) =>
  Object.fromEntries(
    (
      await sql<{ user_id: string; role: string }[]>`select user_id, role from public.members where chat_id = ${chat}`
    ).map(({ user_id, role }) => [user_id, role]),
  );

describe('[CHAT4] name and instructions', () => {
  test('any member renames: announced, versioned, and heard by all', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    await rename(ben, chat, '  Sunday hike ');
    expect((await noticesOf(chat)).at(-1)).toEqual({
      type: 'renamed',
      by: ben.id,
      before: 'Test group',
      after: 'Sunday hike',
    });
    expect((await auditOf(ana, chat)).at(-1)).toEqual({
      type: 'renamed',
      actor_id: ben.id,
      subject_id: null,
      details: { before: 'Test group', after: 'Sunday hike' },
    });
    const heard = (await broadcasts(sql, await topicOf(sql, chat))).filter(({ payload }) => payload['kind'] === 'chat');
    expect(heard.map(({ payload }) => payload['chat'])).toMatchObject([{ title: 'Sunday hike' }]);
    const before = await noticesOf(chat);
    await rename(ana, chat, 'Sunday hike');
    expect(await noticesOf(chat), 'the same name is no news').toEqual(before);
  });

  test.for(['', '   ', 'x'.repeat(81)])('a name like %j is refused', async (title) => {
    const chat = await createGroup(sql, ana);
    expect(await refusal(rename(ana, chat, title))).toBe('SR013');
  });

  test('any member edits the instructions; the words stand in the log, not in the chat', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    await instruct(ben, chat, 'Answer in verse.');
    await instruct(ana, chat, '');
    expect((await noticesOf(chat)).slice(-2)).toEqual([
      { type: 'instructions', by: ben.id },
      { type: 'instructions', by: ana.id },
    ]);
    expect((await auditOf(ben, chat)).slice(-2)).toMatchObject([
      { type: 'instructions', actor_id: ben.id, details: { before: '', after: 'Answer in verse.' } },
      { type: 'instructions', actor_id: ana.id, details: { before: 'Answer in verse.', after: '' } },
    ]);
    expect(await refusal(instruct(ana, chat, 'x'.repeat(8001)))).toBe('SR014');
  });

  test('two who rename at once both stand in the log, each with what was before', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    await Promise.all([rename(ana, chat, 'One'), rename(ben, chat, 'Two')]);
    const [first, second] = (await auditOf(ana, chat)).filter(({ type }) => type === 'renamed');
    expect(first?.details).toMatchObject({ before: 'Test group' });
    expect(second?.details).toMatchObject({ before: (first?.details as { after: string } | undefined)?.after });
  });
});

describe('[MEM2] the creator’s role', () => {
  test('is handed to another member, and from then on they cannot be removed', async () => {
    const chat = await createGroup(sql, ana, [ben, cleo]);
    await handOver(ana, chat, ben);
    expect(await roles(chat)).toEqual({ [ana.id]: 'member', [ben.id]: 'creator', [cleo.id]: 'member' });
    expect((await noticesOf(chat)).at(-1)).toEqual({ type: 'creator', user_id: ben.id, by: ana.id });
    expect(await refusal(removeMember(sql, cleo, chat, ben))).toBe('SR006');
    await removeMember(sql, cleo, chat, ana);
    expect(await refusal(handOver(cleo, chat, cleo)), 'nobody takes it').toBe('SR006');
  });

  test('goes to nobody who is not in the chat', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    expect(await refusal(handOver(ana, chat, cleo))).toBe('SR007');
    expect(await refusal(handOver(cleo, chat, cleo))).toBe('SR002');
    expect(await roles(chat)).toEqual({ [ana.id]: 'creator', [ben.id]: 'member' });
  });

  test('handing over while the other leaves leaves one creator', async () => {
    for (let round = 0; round < 5; round++) {
      const chat = await createGroup(sql, ana, [ben, cleo]);
      await Promise.allSettled([handOver(ana, chat, ben), leave(sql, ben, chat)]);
      expect(Object.values(await roles(chat)).filter((role) => role === 'creator')).toHaveLength(1);
    }
  });
});

describe('[CHAT6] putting away and deleting', () => {
  const isArchived = async (who: TestPerson, chat: string) => {
    const rows = await as(
      sql,
      person(who.id),
      (tx) => tx<{ chat: { id: string; archived: boolean } }[]>`select public.my_chats() as chat`,
    );
    return rows.find(({ chat: { id } }) => id === chat)?.chat.archived;
  };
  const archive = (who: TestPerson, chat: string, archived: boolean) =>
    as(sql, person(who.id), (tx) => tx`select public.set_archived(${chat}, ${archived})`);

  test('is for oneself alone', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    await archive(ana, chat, true);
    expect([await isArchived(ana, chat), await isArchived(ben, chat)]).toEqual([true, false]);
    await archive(ana, chat, false);
    expect(await isArchived(ana, chat)).toBe(false);
  });

  test('the creator deletes the group for all, by its name alone', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    const token = await invite(sql, ben, chat);
    await say(sql, ben, chat, 'hello');
    const topic = await topicOf(sql, chat);
    for (const title of ['', 'test group', 'Test']) expect(await refusal(deleteChat(ana, chat, title))).toBe('SR015');
    expect(await refusal(deleteChat(ben, chat, 'Test group'))).toBe('SR006');
    await deleteChat(ana, chat, ' Test group ');
    for (const who of [ana, ben]) {
      expect(await isArchived(who, chat)).toBeUndefined();
      expect(await refusal(say(sql, who, chat, 'still here?'))).toMatch(/SR002|42501/);
      const told = (await broadcasts(sql, `user:${who.id}`)).filter(({ payload }) => payload['chat_id'] === chat);
      expect(told.at(-1)?.payload).toEqual({ chat_id: chat, member: false });
    }
    expect(await refusal(redeem(sql, token, cleo))).toBe('SR004');
    expect(await topicOf(sql, chat)).not.toBe(topic);
    const [event] = await sql<AuditEvent[]>`
      select type, actor_id from public.audit_events where chat_id = ${chat} order by id desc limit 1`;
    expect(event).toEqual({ type: 'deleted', actor_id: ana.id });
  });

  test('a solo chat is deleted by its owner', async () => {
    const chat = await createSolo(sql, ana);
    await deleteChat(ana, chat, '');
    expect(await isArchived(ana, chat)).toBeUndefined();
  });
});

describe('[MEM6] the log', () => {
  test('every notice has its event, in order', async () => {
    const chat = await createGroup(sql, ana, [ben, cleo]);
    await rename(ben, chat, 'Renamed');
    await instruct(ana, chat, 'Be kind.');
    await handOver(ana, chat, ben);
    await removeMember(sql, ana, chat, cleo);
    await leave(sql, ben, chat);
    const events = (await auditOf(ana, chat)).filter(({ type }) => type !== 'invite_created');
    expect(events.map(({ type }) => type)).toEqual((await noticesOf(chat)).map(({ type }) => type));
    expect(events.find(({ type }) => type === 'removed')).toMatchObject({ actor_id: ana.id, subject_id: cleo.id });
    expect(events.find(({ type }) => type === 'left')).toMatchObject({ actor_id: ben.id, subject_id: ben.id });
  });

  test('nobody writes to it, not even the service', async () => {
    const chat = await createGroup(sql, ana);
    for (const actor of [person(ana.id), SERVICE]) {
      for (const statement of [
        `insert into public.audit_events (chat_id, type) values ('${chat}', 'made_up')`,
        `update public.audit_events set type = 'other' where chat_id = '${chat}'`,
        `delete from public.audit_events where chat_id = '${chat}'`,
        'truncate public.audit_events',
      ])
        expect(await refusal(as(sql, actor, (tx) => tx.unsafe(statement)))).toBe('42501');
    }
  });
});
