import { describe, expect, test } from 'vitest';
import { as, person } from './support/actors.ts';
import { attach } from './support/attachments.ts';
import { createGroup, createSolo, invite, removeMember, say } from './support/chats.ts';
import { dataPages } from './support/data-pages.ts';
import { useDatabase } from './support/database.ts';
import { createPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';
import { ask, claim } from './support/replies.ts';

const { sql } = await useDatabase();

const { pageOf, all } = dataPages(sql, 'my_data');

const PARTS = [
  ...['profile', 'account', 'memberships', 'messages', 'reactions', 'files', 'answers', 'usage', 'invites', 'blocks'],
  ...['reports', 'sessions'],
];

describe('[SAFE6] everything about me', async () => {
  const ana = await createPerson(sql, 'ana');
  const ben = await createPerson(sql, 'ben');
  const chat = await createGroup(sql, ana, [ben]);
  const solo = await createSolo(sql, ana);
  const mine: string[] = [];
  for (const words of ['one', 'two', 'three', 'four', 'five']) mine.push(await say(sql, ana, chat, words));
  await as(sql, person(ana.id), (tx) => tx`select public.edit_message(${mine[0] ?? ''}, 'One')`);
  mine.push(await say(sql, ana, solo, 'to the AI'));
  const bens = await say(sql, ben, chat, 'of Ben');
  for (const emoji of ['👍', '🎉', '❤️'])
    await as(sql, person(ana.id), (tx) => tx`select public.set_reaction(${bens}, ${emoji}, true)`);
  const file = await attach(sql, ana, chat);
  mine.push(await say(sql, ana, chat, 'with a file', { attachmentIds: [file] }));
  const job = await ask(sql, ana, chat);
  await claim(sql, chat);
  await as(sql, person(ana.id), (tx) => tx`select public.set_block(${ben.id}, true)`);
  await as(sql, person(ana.id), (tx) => tx`select public.report_message(${bens}, 'spam', 'Look.')`);
  await invite(sql, ana, chat);
  await sql`insert into auth.sessions (id, user_id) values (gen_random_uuid(), ${ana.id})`;

  test('comes page by page, and nothing twice', async () => {
    const messages = await all(ana, 'messages');
    const ids = messages.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(mine));
    expect(new Set(ids).size).toBe(ids.length);
    expect(messages.every(({ author_id }) => author_id === ana.id)).toBe(true);
    expect(messages.find(({ id }) => id === mine[0])).toMatchObject({
      body: 'One',
      earlier_wordings: [{ body: 'one' }],
    });
    expect((await all(ana, 'reactions', 1)).map(({ emoji }) => emoji).toSorted()).toEqual(['👍', '🎉', '❤️'].toSorted());
  });

  test('is whole', async () => {
    expect(await all(ana, 'profile')).toMatchObject([{ id: ana.id, username: ana.username }]);
    expect(await all(ana, 'account')).toMatchObject([{ user_id: ana.id, plan: 'free' }]);
    expect((await all(ana, 'memberships', 1)).map(({ chat_id }) => chat_id).toSorted()).toEqual(
      [chat, solo].toSorted(),
    );
    expect(await all(ana, 'files')).toMatchObject([{ id: file, name: 'notes.txt' }]);
    expect((await all(ana, 'answers')).map(({ id }) => id)).toContain(job.id);
    expect((await all(ana, 'usage')).map(({ used }) => used)).toEqual([1]);
    expect(await all(ana, 'invites')).toHaveLength(2);
    expect(await all(ana, 'blocks')).toMatchObject([{ blocked_id: ben.id }]);
    expect(await all(ana, 'reports')).toMatchObject([{ message_id: bens, comment: 'Look.' }]);
    expect(await all(ana, 'sessions')).toHaveLength(1);
  });

  test('is one’s own alone', async () => {
    const everything = JSON.stringify(await Promise.all(PARTS.map((part) => all(ana, part))));
    expect(everything).not.toContain('of Ben');
    expect(everything).not.toContain('token_hash');
    const others = JSON.stringify(await Promise.all(PARTS.map((part) => all(ben, part))));
    for (const id of [...mine, file, job.id]) expect(others).not.toContain(id);
  });

  test('[MEM5] holds nothing of a chat that one is not in any more', async () => {
    expect((await all(ben, 'messages')).map(({ id }) => id)).toEqual([bens]);
    await removeMember(sql, ana, chat, ben);
    expect(await all(ben, 'messages')).toEqual([]);
    expect(await all(ben, 'reactions')).toEqual([]);
  });

  test('has no other parts', async () => {
    expect(await refusal(pageOf(ana, 'everything'))).toBe('SR076');
  });
});
