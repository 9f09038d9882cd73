import { describe, expect, test } from 'vitest';
import { as, person, SERVICE } from './support/actors.ts';
import { attach } from './support/attachments.ts';
import { createGroup, createSolo, leave, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';
import { ask } from './support/replies.ts';
import { hold } from './support/waiting.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');

const keepFor = (who: TestPerson, chat: string, days: number | null) =>
  as(sql, person(who.id), (tx) => tx`select public.set_retention(${chat}, ${days})`);
const purge = () => as(sql, SERVICE, (tx) => tx`select public.purge_rows()`);
const holdLegally = (chat: string, reason: string | null) =>
  as(sql, SERVICE, (tx) => tx`select public.set_legal_hold(${chat}, ${reason})`);
const bodies = async (chat: string) =>
  (
    await sql<
      { body: string }[]
    >`select body from public.messages where chat_id = ${chat} and kind <> 'system' order by seq`
  ).map(({ body }) => body);

/** As if so many days had gone by for a chat. */
async function age(chat: string, days: number): Promise<void> {
  await sql`update public.messages set created_at = created_at - make_interval(days => ${days}) where chat_id = ${chat}`;
  await sql`update public.chats set retention_since = retention_since - make_interval(days => ${days}) where id = ${chat}`;
}

describe('[SAFE6] how long a chat keeps what is said', () => {
  test('any member sets it: announced, logged, and with a day to set it back', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    await say(sql, ana, chat, 'long ago');
    await sql`update public.messages set created_at = now() - interval '40 days' where chat_id = ${chat}`;
    await keepFor(ben, chat, 30);
    const [notice] = await sql<{ notice: unknown }[]>`
      select notice from public.messages where chat_id = ${chat} and kind = 'system' order by seq desc limit 1`;
    expect(notice?.notice).toEqual({ type: 'retention', by: ben.id, before: null, days: 30 });
    const [event] = await sql`
      select type, actor_id, details from public.audit_events where chat_id = ${chat} order by number desc limit 1`;
    expect(event).toMatchObject({ type: 'retention', actor_id: ben.id, details: { before: null, days: 30 } });
    await purge();
    expect(await bodies(chat)).toEqual(['long ago']);
    await keepFor(ana, chat, null);
    await age(chat, 2);
    await purge();
    expect(await bodies(chat)).toEqual(['long ago']);
  });

  test.for([0, -1, 3651])('%s days are refused', async (days) => {
    const chat = await createGroup(sql, ana);
    expect(await refusal(keepFor(ana, chat, days))).toBe('SR072');
    expect(await refusal(keepFor(ben, chat, 30))).toBe('SR002');
  });

  test('what is older goes, with its files and all that hangs on it; what is younger stays', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    const file = await attach(sql, ana, chat);
    const old = await say(sql, ana, chat, 'old words', { attachmentIds: [file] });
    await as(sql, person(ana.id), (tx) => tx`select public.edit_message(${old}, 'old words, better')`);
    await as(sql, person(ben.id), (tx) => tx`select public.set_reaction(${old}, ${'👍'}, true)`);
    await ask(sql, ben, chat);
    await sql`insert into private.chat_summaries (chat_id, from_seq, through_seq, body) values (${chat}, 0, 5, 'Old words were said.')`;
    await keepFor(ana, chat, 1);
    await age(chat, 2);
    const young = await say(sql, ben, chat, 'an answer', { replyTo: old });
    const [before] = await sql<{ seq: string }[]>`select last_seq as seq from public.chats where id = ${chat}`;
    await purge();
    expect(await bodies(chat)).toEqual(['an answer']);
    expect(await sql`select reply_to from public.messages where id = ${young}`).toEqual([{ reply_to: null }]);
    expect(await sql`select from private.chat_summaries where chat_id = ${chat}`).toHaveLength(0);
    for (const table of ['public.attachments', 'public.message_versions', 'private.reactions'])
      expect(await sql.unsafe(`select from ${table} where message_id = '${old}'`), table).toHaveLength(0);
    expect(await sql`select from public.reply_jobs where chat_id = ${chat}`).toHaveLength(0);
    await sql`update storage.objects set created_at = created_at - interval '2 hours'`;
    const names = await as(sql, SERVICE, (tx) => tx`select public.objects_to_purge(100) as name`);
    expect(names.map(({ name }) => name)).toContain(`${chat}/${file}`);
    const changes =
      await sql`select seq, kind from public.changes where chat_id = ${chat} and seq > ${before?.seq ?? '0'}`;
    expect([...changes], 'one change tells all').toEqual([{ seq: String(Number(before?.seq) + 1), kind: 'purge' }]);
    await purge();
    const [after] = await sql`select last_seq as seq from public.chats where id = ${chat}`;
    expect(Number(after?.seq)).toBe(Number(before?.seq) + 1);
  });

  test('one’s own chat with the AI keeps as long as one says', async () => {
    const solo = await createSolo(sql, ana);
    await say(sql, ana, solo, 'hello');
    await keepFor(ana, solo, 365);
    await age(solo, 366);
    await purge();
    expect(await bodies(solo)).toEqual([]);
  });

  test('waits for nobody: a chat in which something is written goes next time', async () => {
    const chat = await createGroup(sql, ana);
    await say(sql, ana, chat, 'old');
    await keepFor(ana, chat, 1);
    await age(chat, 2);
    const writing = await hold(sql, (tx) => tx`select from public.chats where id = ${chat} for no key update`);
    await purge();
    expect(await bodies(chat)).toEqual(['old']);
    await writing.commit();
    await purge();
    expect(await bodies(chat)).toEqual([]);
  });
});

describe('[SAFE6] a legal hold beats the purge', () => {
  test('of messages, of the bytes of files, and of the whole chat', async () => {
    const chat = await createGroup(sql, ana);
    const file = await attach(sql, ana, chat);
    const message = await say(sql, ana, chat, 'evidence', { attachmentIds: [file] });
    await keepFor(ana, chat, 1);
    await age(chat, 3);
    await holdLegally(chat, 'A court asked.');
    await as(sql, person(ana.id), (tx) => tx`select public.delete_message(${message})`);
    await say(sql, ana, chat, 'more evidence');
    await age(chat, 3);
    await leave(sql, ana, chat);
    await sql`update public.chats set closed_at = now() - interval '90 days' where id = ${chat}`;
    await sql`update storage.objects set created_at = now() - interval '2 hours'`;
    await purge();
    expect(await bodies(chat)).toEqual(['', 'more evidence']);
    const names = async () =>
      (await as(sql, SERVICE, (tx) => tx`select public.objects_to_purge(100) as name`)).map(({ name }) => name);
    expect(await names()).not.toContain(`${chat}/${file}`);
    expect(await refusal(sql`delete from public.chats where id = ${chat}`), 'whoever tries').toBe('23503');
    await holdLegally(chat, null);
    await purge();
    expect(await sql`select from public.chats where id = ${chat}`).toHaveLength(0);
    expect(await names()).toContain(`${chat}/${file}`);
  });
});
