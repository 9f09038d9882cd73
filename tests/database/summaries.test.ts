import { beforeEach, expect, test } from 'vitest';
import { connectAsService } from '../../evals/sql-database.ts';
import { openReplies } from '../../supabase/functions/_shared/replies.ts';
import { type Earlier, openSummaries } from '../../supabase/functions/_shared/summaries.ts';
import { as, person, SERVICE } from './support/actors.ts';
import { createGroup, createSolo, invite, leave, redeem, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { ask, endPause } from './support/replies.ts';
import { hold, waitForBlocked } from './support/waiting.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');
const late = await createPerson(sql, 'late');
const database = connectAsService(sql);
const [replies, summaries] = [openReplies(database), openSummaries(database)];

beforeEach(() => sql`delete from public.reply_jobs`);

/** Somebody asks, and the question is being answered. */
async function answering(who: TestPerson, chat: string) {
  await sql`delete from public.reply_jobs where chat_id = ${chat}`;
  const job = await ask(sql, who, chat, '@ai what did we say?');
  await endPause(sql, job.id);
  const leased = await replies.claim(chat);
  if (leased === null) throw new Error('nothing to answer');
  return { leased, question: job.trigger_message_id };
}
const bodies = (earlier: Earlier | null) => earlier?.messages.map(({ body }) => body);

/** A group in which Ana and Ben have said three things, of which a summary is kept; the ids of the three. */
async function summarised(): Promise<{ chat: string; said: readonly [string, string, string] }> {
  const chat = await createGroup(sql, ana, [ben]);
  const said = [
    await say(sql, ana, chat, 'we meet in Lisbon'),
    await say(sql, ben, chat, 'on Friday'),
    await say(sql, ana, chat, 'at nine'),
  ] as const;
  const { leased, question } = await answering(ana, chat);
  const earlier = await summaries.read(leased, question);
  expect(bodies(earlier)).toEqual(['we meet in Lisbon', 'on Friday', 'at nine']);
  expect(earlier?.summary).toBeNull();
  expect(await summaries.keep(leased, question, earlier?.mark ?? '', 'Lisbon, Friday.')).toBe(true);
  return { chat, said };
}
const kept = async (chat: string) =>
  (await sql<{ body: string }[]>`select body from private.chat_summaries where chat_id = ${chat}`).map(
    ({ body }) => body,
  );

test('a summary goes on from the one before, with what it lacks', async () => {
  const { chat } = await summarised();
  await say(sql, ben, chat, 'or at ten');
  const { leased, question } = await answering(ben, chat);
  const earlier = await summaries.read(leased, question);
  expect(earlier?.summary).toBe('Lisbon, Friday.');
  expect(bodies(earlier)).toEqual(['@ai what did we say?', 'or at ten']);
  await summaries.keep(leased, question, earlier?.mark ?? '', 'Lisbon, Friday at ten.');
  expect(await kept(chat)).toEqual(['Lisbon, Friday at ten.']);
});

test('[INV1] [AI14] a newcomer who may not read what was said gets it through no summary, and has one of their own', async () => {
  const { chat } = await summarised();
  await redeem(sql, await invite(sql, ana, chat, { history: 'none' }), late);
  await say(sql, ana, chat, 'welcome');
  const { leased, question } = await answering(late, chat);
  const earlier = await summaries.read(leased, question);
  expect(earlier?.summary).toBeNull();
  expect(bodies(earlier)).toEqual(['welcome']);
  expect(await summaries.keep(leased, question, earlier?.mark ?? '', 'They said welcome.')).toBe(true);
  expect(await kept(chat)).toHaveLength(2);
  const again = await answering(ana, chat);
  expect((await summaries.read(again.leased, again.question))?.summary).toBe('Lisbon, Friday.');
});

test('[CHAT6] whoever has cleared the chat for themselves has no summary of what was before', async () => {
  const { chat } = await summarised();
  await as(sql, person(ana.id), (tx) => tx`select public.clear_chat(${chat})`);
  const { leased, question } = await answering(ana, chat);
  expect(await summaries.read(leased, question)).toMatchObject({ summary: null, messages: [] });
});

test.each([
  ['edited', (id: string) => as(sql, person(ben.id), (tx) => tx`select public.edit_message(${id}, 'on Saturday')`)],
  ['taken back', (id: string) => as(sql, person(ben.id), (tx) => tx`select public.delete_message(${id})`)],
])('[MSG4] when a message is %s, the summary that holds it is gone', async (_, change) => {
  const { chat, said } = await summarised();
  await change(said[1]);
  expect(await kept(chat)).toEqual([]);
});

test('what happens behind it, and a reaction within it, leaves a summary alone', async () => {
  const { chat, said } = await summarised();
  const after = await say(sql, ben, chat, 'hm');
  await as(sql, person(ben.id), (tx) => tx`select public.edit_message(${after}, 'well')`);
  await as(sql, person(ben.id), (tx) => tx`select public.set_reaction(${said[0]}, '👍', true)`);
  expect(await kept(chat)).toEqual(['Lisbon, Friday.']);
});

test('[MSG4] what is taken back while a summary is made is not in one', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  const secret = await say(sql, ben, chat, 'my number is 12345');
  const { leased, question } = await answering(ana, chat);
  const earlier = await summaries.read(leased, question);
  const takingBack = await hold(sql, (tx) => {
    return tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: ben.id, role: 'authenticated' })}, true),
      private.delete_message(${secret})`;
  });
  const keeping = summaries.keep(leased, question, earlier?.mark ?? '', 'His number is 12345.');
  await waitForBlocked(sql, 1);
  await takingBack.commit();
  expect(await keeping).toBe(false);
  expect(await kept(chat)).toEqual([]);
});

test('[MEM4] who has left, or does not hold the lease, gets nothing and keeps nothing', async () => {
  const { chat } = await summarised();
  const { leased, question } = await answering(ben, chat);
  expect(await summaries.read({ ...leased, lease: crypto.randomUUID() }, question)).toBeNull();
  const earlier = await summaries.read(leased, question);
  await leave(sql, ben, chat);
  expect(await summaries.read(leased, question)).toBeNull();
  expect(await summaries.keep(leased, question, earlier?.mark ?? '', 'x')).toBe(false);
});

test('a message of another chat is no place to begin', async () => {
  const { chat } = await summarised();
  const { leased } = await answering(ana, chat);
  const elsewhere = await say(sql, ana, await createGroup(sql, ana), 'elsewhere');
  expect(await summaries.read(leased, elsewhere)).toBeNull();
});

test('[CHAT2] a copy of the chat does not take its summary along, and it goes with the chat', async () => {
  const solo = await createSolo(sql, ana);
  await say(sql, ana, solo, 'a private plan');
  const { leased, question } = await answering(ana, solo);
  const earlier = await summaries.read(leased, question);
  expect(await summaries.keep(leased, question, earlier?.mark ?? '', 'A plan.')).toBe(true);
  const copy = crypto.randomUUID();
  await as(sql, SERVICE, (tx) => tx`select public.copy_chat(${solo}, ${ana.id}, ${copy}, 'Copy', '{}', '{}')`);
  expect(await kept(copy)).toEqual([]);
  await sql`update public.chats set closed_at = now() - interval '31 days' where id = ${solo}`;
  await as(sql, SERVICE, (tx) => tx`select public.purge_rows()`);
  expect(await kept(solo)).toEqual([]);
});

test('[AI10] what a summary used is counted with its answer', async () => {
  const { leased } = await answering(ana, await createGroup(sql, ana));
  await replies.noteUse(leased, crypto.randomUUID(), {
    ...{ purpose: 'summary', model: 'm', asked: 'm', slot: 'gate', pictures: 0, searches: 0 },
    ...{ input_tokens: 900, cached_tokens: 0, output_tokens: 100 },
  });
  expect(await sql`select purpose, input_tokens from private.model_use where job_id = ${leased.id}`).toEqual([
    { purpose: 'summary', input_tokens: 900 },
  ]);
});
