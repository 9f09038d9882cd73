import { describe, expect, test } from 'vitest';
import { as, person } from './support/actors.ts';
import { broadcasts, topicOf } from './support/broadcasts.ts';
import { createGroup, invite, leave, redeem, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { refusal, tally } from './support/refusal.ts';
import { ask } from './support/replies.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');
const stranger = await createPerson(sql, 'stranger');
const chat = await createGroup(sql, ana, [ben]);

const edit = (who: TestPerson, message: string, body: string) =>
  as(sql, person(who.id), (tx) => tx`select public.edit_message(${message}, ${body})`);
const remove = (who: TestPerson, message: string) =>
  as(sql, person(who.id), (tx) => tx`select public.delete_message(${message})`);
const react = (who: TestPerson, message: string) =>
  as(sql, person(who.id), (tx) => tx`select public.set_reaction(${message}, '👍', true)`);
const versionsOf = async (who: TestPerson, message: string) =>
  (
    await as(
      sql,
      person(who.id),
      (tx) => tx<{ body: string }[]>`
        select body from public.message_versions where message_id = ${message} order by version`,
    )
  ).map(({ body }) => body);
const rowOf = async (message: string) => {
  const [row] = await sql<Record<string, unknown>[]>`select * from public.messages where id = ${message}`;
  return row;
};
const changesOf = async (message: string) =>
  (await sql`select 1 from public.changes where entity_id = ${message}`).length;

describe('[MSG4] edits', () => {
  test('own messages: marked, told to all, with every earlier wording', async () => {
    const id = await say(sql, ana, chat, 'frist');
    const before = await rowOf(id);
    await edit(ana, id, 'first');
    await edit(ana, id, 'first!');
    await edit(ana, id, 'first!');
    const after = await rowOf(id);
    expect(after).toMatchObject({ body: 'first!', seq: before?.seq, created_at: before?.created_at });
    expect(after?.edited_at).not.toBeNull();
    expect(await versionsOf(ben, id)).toEqual(['frist', 'first']);
    expect(await changesOf(id)).toBe(3);
    const told = await broadcasts(sql, await topicOf(sql, chat));
    expect(told.filter(({ payload }) => payload.entity_id === id).at(-1)?.payload).toMatchObject({
      message: { body: 'first!' },
    });
  });

  test('whom it addresses follows the new wording', async () => {
    const id = await say(sql, ana, chat, 'hello');
    await edit(ana, id, 'hello @all');
    expect(await rowOf(id)).toMatchObject({ mentions_all: true });
  });

  test('is found by its new words only', async () => {
    const id = await say(sql, ana, chat, 'pelican');
    await edit(ana, id, 'flamingo');
    const find = (word: string) =>
      as(sql, person(ben.id), (tx) => tx`select public.search_messages(${word})`).then((rows) => rows.length);
    expect([await find('pelican'), await find('flamingo')]).toEqual([0, 1]);
    await remove(ana, id);
    expect(await find('flamingo')).toBe(0);
  });

  test('two at once are both kept, one after the other', async () => {
    const id = await say(sql, ana, chat, 'start');
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((body) => edit(ana, id, body)));
    const all = [...(await versionsOf(ana, id)), (await rowOf(id))?.body];
    expect([...all].sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'start']);
  });

  test('of nobody else’s, of no notice, and to nothing that could not be sent', async () => {
    const id = await say(sql, ana, chat, 'mine');
    expect(await refusal(edit(ben, id, 'yours'))).toBe('SR017');
    expect(await refusal(remove(ben, id))).toBe('SR017');
    expect(await refusal(edit(stranger, id, 'theirs'))).toBe('SR007');
    expect(await refusal(remove(stranger, id))).toBe('SR007');
    expect(await refusal(edit(ana, id, '   '))).toBe('23514');
    expect(await refusal(edit(ana, id, 'x'.repeat(16_001)))).toBe('23514');
    expect(await rowOf(id)).toMatchObject({ body: 'mine', edited_at: null });
    const [notice] = await sql<{ id: string }[]>`
      select id from public.messages where chat_id = ${chat} and kind = 'system' limit 1`;
    expect(await refusal(edit(ana, notice?.id ?? '', 'x'))).toBe('SR017');
  });

  test('[MEM5] whoever has gone, or came later without history, sees no wording', async () => {
    const id = await say(sql, ana, chat, 'secret');
    await edit(ana, id, 'not secret');
    const late = await createPerson(sql, 'late');
    await redeem(sql, await invite(sql, ana, chat, { history: 'none' }), late);
    expect(await versionsOf(late, id)).toEqual([]);
    expect(await versionsOf(stranger, id)).toEqual([]);
    expect(await versionsOf(ben, id)).toEqual(['secret']);
    await leave(sql, late, chat);
  });
});

describe('[MSG4] deleting', () => {
  test('leaves a tombstone in its place, and nothing of what was said', async () => {
    const id = await say(sql, ana, chat, 'regret @all');
    await edit(ana, id, 'regret more @all');
    await react(ben, id);
    const answer = await say(sql, ben, chat, 'why?', { replyTo: id });
    const changes = await changesOf(id);
    await remove(ana, id);
    await remove(ana, id);
    expect(await rowOf(id)).toMatchObject({ body: '', reactions: [], mentions: [], mentions_all: false });
    expect((await rowOf(id))?.deleted_at).not.toBeNull();
    expect(await versionsOf(ana, id)).toEqual([]);
    expect(await sql`select 1 from private.reactions where message_id = ${id}`).toHaveLength(0);
    expect(await changesOf(id)).toBe(changes + 1);
    expect((await rowOf(answer))?.reply_to).toBe(id);
    expect(await refusal(edit(ana, id, 'back'))).toBe('SR007');
    expect(await refusal(react(ben, id))).toBe('SR007');
  });

  test('stops the answer that is being made to it', async () => {
    const job = await ask(sql, ana, chat);
    const [row] = await sql<{ trigger_message_id: string }[]>`
      select trigger_message_id from public.reply_jobs where id = ${job.id}`;
    await remove(ana, row?.trigger_message_id ?? '');
    const [after] = await sql<{ state: string }[]>`select state from public.reply_jobs where id = ${job.id}`;
    expect(after?.state).toBe('stopped');
  });

  test('and editing at once end in a tombstone, without a deadlock', async () => {
    for (let round = 0; round < 10; round++) {
      const id = await say(sql, ana, chat, 'race');
      const outcomes = await Promise.all([
        refusal(edit(ana, id, 'edited')),
        refusal(remove(ana, id)),
        refusal(react(ben, id)),
        refusal(edit(ana, id, 'again')),
      ]);
      expect(Object.keys(tally(outcomes)).filter((code) => !['accepted', 'SR007'].includes(code))).toEqual([]);
      expect(await rowOf(id)).toMatchObject({ body: '', reactions: [] });
      expect(await versionsOf(ana, id)).toEqual([]);
    }
  });
});
