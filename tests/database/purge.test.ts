import { expect, test } from 'vitest';
import { as, SERVICE } from './support/actors.ts';
import { attach } from './support/attachments.ts';
import { createGroup, leave, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson } from './support/people.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');

const purge = () => as(sql, SERVICE, (tx) => tx`select public.purge_rows()`);
const objects = async () =>
  (await as(sql, SERVICE, (tx) => tx<{ name: string }[]>`select public.objects_to_purge(100) as name`)).map(
    ({ name }) => name,
  );
const age = (file: string, interval: string) =>
  sql`update storage.objects set created_at = created_at - ${interval}::interval where name like ${`%/${file}%`}`;

test('[CHAT6] a chat goes for good 30 days after it ended, with all that was said, and not before', async () => {
  const chat = await createGroup(sql, ana);
  const open = await createGroup(sql, ana);
  await say(sql, ana, chat, 'hello');
  await leave(sql, ana, chat);
  const isThere = async (id: string) => (await sql`select 1 from public.chats where id = ${id}`).length === 1;
  await sql`update public.chats set closed_at = now() - interval '29 days' where id = ${chat}`;
  await purge();
  expect(await isThere(chat)).toBe(true);
  await sql`update public.chats set closed_at = now() - interval '31 days' where id = ${chat}`;
  await purge();
  expect([await isThere(chat), await isThere(open)]).toEqual([false, true]);
  expect(await sql`select 1 from public.messages where chat_id = ${chat}`).toHaveLength(0);
});

test('[MSG9] files that were not sent go after a day, and bytes without a file an hour after they came', async () => {
  const chat = await createGroup(sql, ana);
  const [sent, unsent, fresh] = (await Promise.all(
    ['sent', 'unsent', 'fresh'].map((name) => attach(sql, ana, chat, { name, hasThumbnail: true })),
  )) as [string, string, string];
  await say(sql, ana, chat, '', { attachmentIds: [sent] });
  await sql`update public.attachments set created_at = now() - interval '25 hours' where id in (${sent}, ${unsent})`;
  for (const file of [sent, unsent, fresh]) await age(file, '2 hours');
  expect(await objects()).toEqual([]);
  await purge();
  const gone = [`${chat}/${unsent}`, `${chat}/${unsent}.thumb`];
  expect((await objects()).sort()).toEqual(gone);
  await age(unsent, '-90 minutes');
  expect(await objects()).toEqual([]);
});
