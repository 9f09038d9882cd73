import { expect, test } from 'vitest';
import { newId } from '../../lib/model/ids.ts';
import { as, person } from './support/actors.ts';
import { createCrowd, createGroup, createSolo, insertMessage, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');

const lastSeq = async (chat: string) => {
  const [row] = await sql<{ last_seq: number }[]>`select last_seq::int from public.chats where id = ${chat}`;
  return row?.last_seq;
};

test.for([
  ['letters', 'x'.repeat(16_000), 'accepted'],
  ['letters', 'x'.repeat(16_001), '23514'],
  ['emoji, each of them one character,', '🦊'.repeat(16_000), 'accepted'],
  ['emoji, each of them one character,', '🦊'.repeat(16_001), '23514'],
  ['white space', ' \n\t ', '23514'],
  ['no text', '', '23514'],
] as const)('[MSG1] %s: up to 16,000 characters that say something', async ([, body, expected]) => {
  const chat = await createGroup(sql, ana);
  expect(await refusal(say(sql, ana, chat, body))).toBe(expected);
});

test('[MSG2] the same message sent twice is one row and takes one seq', async () => {
  const chat = await createGroup(sql, ana);
  const id = await say(sql, ana, chat, 'once');
  const seq = await lastSeq(chat);
  expect(await refusal(say(sql, ana, chat, 'once', { id }))).toBe('23505');
  const ignoring = as(
    sql,
    person(ana.id),
    (tx) => tx`insert into public.messages (id, chat_id, body) values (${id}, ${chat}, 'once') on conflict do nothing`,
  );
  expect(await refusal(ignoring)).toBe('23505');
  expect(await lastSeq(chat)).toBe(seq);
  expect(await sql`select 1 from public.messages where id = ${id}`).toHaveLength(1);
});

test('[MSG2] the same message sent twice at the same time is one row', async () => {
  const chat = await createGroup(sql, ana);
  const before = await lastSeq(chat);
  const id = newId();
  const results = await Promise.all(Array.from({ length: 8 }, () => refusal(say(sql, ana, chat, 'hello', { id }))));
  expect(results.toSorted()).toEqual([...Array(7).fill('23505'), 'accepted']);
  expect(await lastSeq(chat)).toBe((before ?? 0) + 1);
});

test('[MSG3] under 16 concurrent writers seq has no gap and no double, and the log is in the order of commits', async () => {
  const { chat, members } = await createCrowd(sql, 16);
  const start = (await lastSeq(chat)) ?? 0;
  let reading = true;
  const seen: number[] = [];
  const reader = (async () => {
    // Reads on, as a client does, from the last seq it saw: whatever turned up behind the cursor would be missed.
    for (let draining = false; !draining; ) {
      draining = !reading;
      const rows = await sql<{ seq: number }[]>`
        select seq::int from public.changes where chat_id = ${chat} and seq > ${seen.at(-1) ?? start} order by seq`;
      seen.push(...rows.map((row) => row.seq));
    }
  })();
  await Promise.all(
    members.map(async (member) => {
      for (let i = 0; i < 10; i++) await say(sql, member, chat, `message ${i}`);
    }),
  );
  reading = false;
  await reader;
  expect(seen).toEqual(Array.from({ length: 160 }, (_, i) => start + 1 + i));
  const messages = await sql`select 1 from public.messages m join public.changes c using (chat_id, seq)
    where m.chat_id = ${chat} and m.kind = 'member' and c.entity_id = m.id`;
  expect(messages).toHaveLength(160);
});

test('[MSG3] several messages of one statement stand in the order given', async () => {
  const chat = await createGroup(sql, ana);
  const ids = [newId(), newId(), newId()];
  const rows = ids.map((id) => ({ id, chat_id: chat, body: 'part' }));
  await as(sql, person(ana.id), (tx) => tx`insert into public.messages ${tx(rows)}`);
  const stored = await sql<
    { id: string }[]
  >`select id from public.messages where chat_id = ${chat} and kind = 'member' order by seq`;
  expect(stored.map((row) => row.id)).toEqual(ids);
});

test('[MSG3] a refused message leaves no gap', async () => {
  const chat = await createGroup(sql, ana);
  const before = (await lastSeq(chat)) ?? 0;
  await refusal(say(sql, ana, chat, ''));
  await say(sql, ana, chat, 'next');
  expect(await lastSeq(chat)).toBe(before + 1);
});

test('[MSG4] a reply points into its own chat', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  const other = await createSolo(sql, ana);
  const id = await say(sql, ana, chat, 'first');
  expect(await refusal(say(sql, ben, chat, 'yes', { replyTo: id }))).toBe('accepted');
  expect(await refusal(say(sql, ana, other, 'yes', { replyTo: id }))).toBe('SR007');
});

test('a message cannot be inserted on behalf of somebody else', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  const forged = as(
    sql,
    person(ana.id),
    (tx) => tx`
    insert into public.messages (id, chat_id, author_id, body) values (${newId()}, ${chat}, ${ben.id}, 'I am Ben')`,
  );
  expect(await refusal(forged)).toBe('42501');
  await as(sql, person(ana.id), (tx) => insertMessage(tx, chat, 'I am Ana'));
  const [row] = await sql`select author_id from public.messages where chat_id = ${chat} and kind = 'member'`;
  expect(row?.author_id).toBe(ana.id);
});
