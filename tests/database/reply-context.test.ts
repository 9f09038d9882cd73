import { expect, test } from 'vitest';
import { createGroup, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson } from './support/people.ts';
import { ask, claimLeased } from './support/replies.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');

test('the context holds the question however much was said since, and nothing of another chat', async () => {
  const chat = await createGroup(sql, ana);
  await say(sql, ana, chat, 'before');
  await ask(sql, ana, chat, '@ai the question');
  for (const body of ['one', 'two', 'three']) await say(sql, ana, chat, body);
  await say(sql, ana, await createGroup(sql, ana), 'elsewhere');
  const leased = await claimLeased(sql, chat);
  const [row] = await sql`select private.reply_context(${leased.job_id}, ${leased.lease}, 2) as context`;
  const bodies = row?.context.messages.map((message: { body: string }) => message.body);
  expect(bodies).toEqual(['@ai the question', 'two', 'three']);
});

test('a question that was taken back is not in the context', async () => {
  const chat = await createGroup(sql, ana);
  await say(sql, ana, chat, 'before');
  const job = await ask(sql, ana, chat, '@ai the question');
  await sql`update public.messages set deleted_at = now(), body = '' where id = ${job.trigger_message_id}`;
  const leased = await claimLeased(sql, chat);
  const [row] = await sql`select private.reply_context(${leased.job_id}, ${leased.lease}, 60) as context`;
  expect(row?.context.messages).toMatchObject([{ body: 'before' }]);
});
