import { expect, test } from 'vitest';
import { mentionsAi } from '../../lib/model/mentions.ts';
import { createGroup, createSolo, leave, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson } from './support/people.ts';
import { ask, claimLeased, finish } from './support/replies.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');

const queued = async (message: string) =>
  (await sql`select 1 from public.reply_jobs where trigger_message_id = ${message}`).count;

test.for([
  '@ai hello',
  '@AI hello',
  'hello @ai',
  'hello @ai.',
  'hello @ai, you',
  'hello @sideroom!',
  '(@ai)',
  'line\n@ai',
  '@ai',
  '@ai…',
  'ä@ai',
  '@ai @ai',
  'mail@ai',
  '@aida',
  '@ai.da',
  '@ai_da',
  '@ai9',
  '@@ai',
  '.@ai',
  '@sideroomy',
  'ai',
  '@ ai',
  '@ai.',
  '@ai..',
  '@İai',
  'x @aı',
  '@ſideroom',
])('[AI2] panel and database agree whether %j addresses the AI', async (body) => {
  const chat = await createGroup(sql, ana);
  expect(await queued(await say(sql, ana, chat, body))).toBe(mentionsAi(body) ? 1 : 0);
});

test('[AI2] in a group a mention or a reply to the AI is answered, anything else is not', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  await ask(sql, ana, chat);
  const job = await claimLeased(sql, chat);
  await finish(sql, job);
  expect(await queued(await say(sql, ben, chat, 'go on', { replyTo: job.message_id }))).toBe(1);
  expect(await queued(await say(sql, ben, chat, 'go on', { replyTo: job.trigger_message_id }))).toBe(0);
  expect(await queued(await say(sql, ben, chat, 'go on'))).toBe(0);
});

test('[AI2] a solo chat answers every message', async () => {
  const chat = await createSolo(sql, ana);
  expect(await queued(await say(sql, ana, chat, 'hello'))).toBe(1);
});

test('[AI2] "people only" and the mode off are answered by nobody', async () => {
  const group = await createGroup(sql, ana);
  const solo = await createSolo(sql, ana);
  expect(await queued(await say(sql, ana, group, '@ai hello', { target: 'people' }))).toBe(0);
  expect(await queued(await say(sql, ana, solo, 'hello', { target: 'people' }))).toBe(0);
  await sql`update public.chats set reply_mode = 'off' where id = ${group}`;
  expect(await queued(await say(sql, ana, group, '@ai hello'))).toBe(0);
});

test('[AI3] the AI answers neither itself nor a notice', async () => {
  const chat = await createSolo(sql, ana);
  await ask(sql, ana, chat, 'hello');
  await finish(sql, await claimLeased(sql, chat), { body: '@ai is what people call me' });
  await leave(sql, ana, chat);
  expect(await sql`select 1 from public.reply_jobs where chat_id = ${chat}`).toHaveLength(1);
});

test('[AI1] the AI takes no seat and is no member', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  await ask(sql, ana, chat);
  await finish(sql, await claimLeased(sql, chat));
  expect(await sql`select 1 from public.members where chat_id = ${chat}`).toHaveLength(2);
  const [answer] =
    await sql`select author_id, kind from public.messages where chat_id = ${chat} order by seq desc limit 1`;
  expect({ ...answer }).toEqual({ author_id: null, kind: 'assistant' });
});
