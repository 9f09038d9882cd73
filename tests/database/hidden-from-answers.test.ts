import { beforeEach, expect, test } from 'vitest';
import { connectAsService } from '../../evals/sql-database.ts';
import { openReplies } from '../../supabase/functions/_shared/replies.ts';
import { openSummaries } from '../../supabase/functions/_shared/summaries.ts';
import { as, SERVICE } from './support/actors.ts';
import { attach } from './support/attachments.ts';
import { block } from './support/blocks.ts';
import { createGroup, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { ask, claimLeased, finish, type Leased } from './support/replies.ts';
import { article } from './support/shares.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');
const cleo = await createPerson(sql, 'cleo');
const database = connectAsService(sql);
const [replies, summaries] = [openReplies(database), openSummaries(database)];
let chat: string;
let hidden: string;

beforeEach(async () => {
  await block(sql, ana, ben, false);
  chat = await createGroup(sql, ana, [ben, cleo]);
  hidden = await say(sql, ana, chat, 'the key is under the mat', {
    attachmentIds: [await attach(sql, ana, chat)],
    shares: [article({ text: 'Where keys are hidden.' })],
  });
  await say(sql, cleo, chat, 'thank you');
  await block(sql, ana, ben);
});

/** Somebody asks, answering the hidden message; what the model would read of it. */
async function asked(who: TestPerson) {
  const { trigger_message_id: question } = await ask(sql, who, chat, '@ai where is the key?', { replyTo: hidden });
  const leased = await claimLeased(sql, chat);
  const job = await jobOf(leased);
  const give = async (name: string) => {
    const [row] = await as(sql, SERVICE, (tx) =>
      tx.unsafe(`select public.${name}($1, $2, $3::uuid[]) as given`, [
        leased.job_id,
        leased.lease,
        [hidden, question],
      ]),
    );
    return row?.given as unknown[];
  };
  const given = {
    bodies: (await replies.readContext(job, 60))?.messages.map(({ body }) => body),
    files: await give('reply_files'),
    shares: await give('reply_shares'),
    earlier: await summaries.read(job, question),
  };
  await finish(sql, leased);
  return { ...given, job, question };
}

const jobOf = async ({ job_id: id, lease, chat_id: chatId, attempt }: Leased) =>
  ({ id, lease, chatId, attempt, kind: 'answer' }) as Parameters<typeof replies.readContext>[0];

test('[SAFE5] the AI answers somebody from what they may see: not from the words of whoever blocked them', async () => {
  const { bodies, files, shares, earlier } = await asked(ben);
  expect(bodies).toEqual(['thank you', '@ai where is the key?']);
  expect([files, shares]).toEqual([[], []]);
  expect(earlier).toMatchObject({ summary: null, messages: [] });
});

test('[SAFE5] it answers the others from all that was said', async () => {
  for (const who of [cleo, ana]) {
    const { bodies, files, shares, earlier } = await asked(who);
    expect(bodies?.[0]).toBe('the key is under the mat');
    expect([files.length, shares.length]).toEqual([1, 1]);
    expect(earlier?.messages.map(({ body }) => body)).toContain('the key is under the mat');
  }
});

test('[SAFE5] notes that were made for others go to nobody from whom some of it is hidden', async () => {
  await ask(sql, cleo, chat, '@ai what was said?');
  const leased = await claimLeased(sql, chat);
  const [{ question } = { question: '' }] = await sql<{ question: string }[]>`
    select trigger_message_id as question from public.reply_jobs where id = ${leased.job_id}`;
  const job = await jobOf(leased);
  const earlier = await summaries.read(job, question);
  expect(await summaries.keep(job, question, earlier?.mark ?? '', 'The key is under the mat.')).toBe(true);
  await finish(sql, leased);
  expect((await asked(ben)).earlier).toMatchObject({ summary: null, messages: [] });
  expect((await asked(cleo)).earlier?.summary).toBe('The key is under the mat.');
});
