import { describe, expect, test } from 'vitest';
import { newId } from '../../lib/model/ids.ts';
import { as, person, SERVICE } from './support/actors.ts';
import { attach } from './support/attachments.ts';
import { broadcasts } from './support/broadcasts.ts';
import { createGroup, createSolo, invite, redeem, removeMember, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';
import {
  append,
  ask,
  claimLeased,
  endPause,
  expireLease,
  finish,
  type Leased,
  readJob,
  retry,
} from './support/replies.ts';
import { article, selection } from './support/shares.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');

const SOURCES = [{ title: 'A page', url: 'https://a.example/1' }];

async function begin(chat: string, who = ana): Promise<Leased> {
  await ask(sql, who, chat);
  return claimLeased(sql, chat);
}

/** Stores a picture as the function does, and keeps it with the sources. */
async function keep(job: Leased, { stored = true, sources = SOURCES, lease = job.lease } = {}) {
  const picture = { id: newId(), name: 'picture.png', content_type: 'image/png', width: 30, height: 20 };
  if (stored)
    for (const name of [picture.id, `${picture.id}.thumb`])
      await sql`insert into storage.objects (bucket_id, name, metadata)
        values ('attachments', ${`${job.chat_id}/${name}`}, ${sql.json({ size: 77 })})`;
  const [row] = await as(
    sql,
    SERVICE,
    (tx) => tx<{ held: boolean }[]>`
      select public.keep_results(${job.job_id}, ${lease}, ${JSON.stringify(sources)}, ${JSON.stringify(picture)}) as held`,
  );
  return { id: picture.id, held: row?.held };
}

const messageOf = async ({ message_id }: Leased) =>
  (
    await sql<{ sources: unknown; attachments: unknown[] }[]>`
    select sources, attachments from public.messages where id = ${message_id}`
  )[0];

const fetches = (who: TestPerson, file: string) =>
  as(sql, person(who.id), async (tx) => {
    await tx`select set_config('storage.operation', 'storage.object.get_authenticated', true)`;
    return (await tx`select name from storage.objects where name like ${`%/${file}%`}`).length;
  });

describe('[AI9] what an answer found and made', () => {
  test('comes with its message, and is read by those who read it and by nobody else', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    const gone = await createPerson(sql, 'gone');
    await redeem(sql, await invite(sql, ana, chat), gone);
    const job = await begin(chat);
    const { id } = await keep(job);
    for (const who of [ana, ben]) expect(await fetches(who, id)).toBe(0);
    await finish(sql, job);
    const rest = { width: 30, height: 20, has_thumbnail: true };
    expect(await messageOf(job)).toEqual({
      sources: SOURCES,
      attachments: [{ id, name: 'picture.png', content_type: 'image/png', size: 77, ...rest }],
    });
    const [row] = await sql`select owner_id, message_id from public.attachments where id = ${id}`;
    expect({ ...row }).toEqual({ owner_id: null, message_id: job.message_id });
    for (const who of [ana, ben, gone]) expect(await fetches(who, id)).toBe(2);
    await removeMember(sql, ana, chat, gone);
    const late = await createPerson(sql, 'late');
    await redeem(sql, await invite(sql, ana, chat, { history: 'none' }), late);
    for (const who of [gone, late, await createPerson(sql, 'stranger')]) expect(await fetches(who, id)).toBe(0);
  });

  test('goes out with the change that tells of the message', async () => {
    const chat = await createGroup(sql, ana);
    const job = await begin(chat);
    const { id } = await keep(job);
    await finish(sql, job);
    const told = (await broadcasts(sql, `chat:${chat}`)).findLast(({ event }) => event === 'change');
    expect(told?.payload).toMatchObject({ message: { sources: SOURCES, attachments: [{ id }] } });
  });

  test('a picture without bytes is none, and the answer stands', async () => {
    const job = await begin(await createGroup(sql, ana));
    await keep(job, { stored: false });
    expect(await finish(sql, job)).toBe(true);
    expect(await messageOf(job)).toEqual({ sources: SOURCES, attachments: [] });
  });

  test('[AI6] who lost the lease keeps nothing', async () => {
    const job = await begin(await createGroup(sql, ana));
    const { id, held } = await keep(job, { lease: newId() });
    expect(held).toBe(false);
    expect(await sql`select 1 from public.attachments where id = ${id}`).toHaveLength(0);
  });

  test('[AI6] of an attempt that broke off, nothing gets into the next one', async () => {
    const chat = await createGroup(sql, ana);
    const job = await begin(chat);
    await keep(job);
    await expireLease(sql, job.job_id);
    const again = await claimLeased(sql, chat);
    await finish(sql, again);
    expect(await messageOf(again)).toEqual({ sources: [], attachments: [] });
  });

  test('[AI6] a failed answer has none, and tried again it has those of the new attempt', async () => {
    const chat = await createGroup(sql, ana);
    const job = await begin(chat);
    await keep(job);
    await finish(sql, job, { state: 'failed', body: '', error: 'model' });
    expect(await messageOf(job)).toEqual({ sources: [], attachments: [] });
    await retry(sql, ana, job.job_id);
    await endPause(sql, job.job_id);
    const again = await claimLeased(sql, chat);
    const { id } = await keep(again);
    await finish(sql, again);
    expect(await messageOf(again)).toMatchObject({ sources: SOURCES, attachments: [{ id }] });
    expect(await fetches(ana, id)).toBe(2);
  });

  test('people’s messages have no sources', async () => {
    const chat = await createGroup(sql, ana);
    const id = await say(sql, ana, chat, 'words');
    expect(await refusal(sql`update public.messages set sources = ${sql.json(SOURCES)} where id = ${id}`)).toBe(
      '23514',
    );
    const written = as(
      sql,
      person(ana.id),
      (tx) => tx`insert into public.messages (id, chat_id, body, sources) values (${newId()}, ${chat}, 'x', '[]')`,
    );
    expect(await refusal(written)).toBe('42501');
  });

  test('[CHAT2] goes along when a solo chat becomes a group', async () => {
    const solo = await createSolo(sql, ana);
    const job = await begin(solo);
    const { id } = await keep(job);
    await finish(sql, job);
    const [group, file] = [newId(), newId()];
    for (const name of [file, `${file}.thumb`])
      await sql`insert into storage.objects (bucket_id, name, metadata) values ('attachments', ${`${group}/${name}`}, '{"size": 77}')`;
    await as(
      sql,
      SERVICE,
      (tx) => tx`select public.copy_chat(${solo}, ${ana.id}, ${group}, 'Trip', ${[id]}::uuid[], ${[file]}::uuid[])`,
    );
    const [copy] =
      await sql`select sources, attachments from public.messages where chat_id = ${group} and kind = 'assistant'`;
    expect(copy).toMatchObject({ sources: SOURCES, attachments: [{ id: file }] });
    expect(await fetches(ana, file)).toBe(2);
  });
});

describe('[AI1] what the AI is doing', () => {
  const show = (job: Leased, status: string | null, lease = job.lease) =>
    as(sql, SERVICE, (tx) => tx`select public.show_reply_status(${job.job_id}, ${lease}, ${status}) as held`);
  const statusOf = async (job: Leased) =>
    (await sql<{ status: string | null }[]>`select status from public.reply_jobs where id = ${job.job_id}`)[0]?.status;

  test('is told to the chat, and read by whoever comes midway', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    const job = await begin(chat);
    await show(job, 'searching');
    const told = (await broadcasts(sql, `chat:${chat}`)).findLast(({ event }) => event === 'reply');
    expect(told?.payload).toMatchObject({ job_id: job.job_id, state: 'running', status: 'searching' });
    const rows = await as(
      sql,
      person(ben.id),
      (tx) => tx`select status from public.reply_jobs where id = ${job.job_id}`,
    );
    expect(rows[0]?.status).toBe('searching');
    await append(sql, job, 0, 'words');
    expect(await statusOf(job)).toBe('searching');
    await finish(sql, job);
    expect(await statusOf(job)).toBeNull();
  });

  test('is no free text, ends with the attempt, and is told by the holder of the lease alone', async () => {
    const chat = await createGroup(sql, ana);
    const job = await begin(chat);
    expect(await refusal(show(job, 'reading your mind'))).toBe('23514');
    expect((await show(job, 'drawing', newId()))[0]?.held).toBe(false);
    await show(job, 'drawing');
    await expireLease(sql, job.job_id);
    await claimLeased(sql, chat);
    expect(await statusOf(job)).toBeNull();
    expect((await readJob(sql, job.job_id)).state).toBe('running');
  });
});

test('[AI9] [MEM5] only files that the person answered may read go to the model', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  const early = await say(sql, ben, chat, 'old', { attachmentIds: [await attach(sql, ben, chat)] });
  const late = await createPerson(sql, 'late');
  await redeem(sql, await invite(sql, ana, chat, { history: 'none' }), late);
  const file = await attach(sql, ben, chat, { name: 'new.txt' });
  const recent = await say(sql, ben, chat, 'new', { attachmentIds: [file] });
  const elsewhereChat = await createGroup(sql, ben);
  const elsewhere = await say(sql, ben, elsewhereChat, 'x', { attachmentIds: [await attach(sql, ben, elsewhereChat)] });
  const filesFor = async (job: Leased, lease = job.lease) =>
    (
      await as(
        sql,
        SERVICE,
        (tx) => tx`select public.reply_files(${job.job_id}, ${lease}, ${[early, recent, elsewhere]}::uuid[]) as files`,
      )
    )[0]?.files;
  const job = await begin(chat, late);
  expect(await filesFor(job)).toEqual([expect.objectContaining({ message_id: recent, id: file, name: 'new.txt' })]);
  expect(await filesFor(job, newId())).toEqual([]);
  await finish(sql, job);
  expect(await filesFor(await begin(chat, ana))).toHaveLength(2);
});

test('[AI9] [MEM5] only page shares that the person answered may read go to the model, whole', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  const early = await say(sql, ben, chat, 'old', { shares: [article()] });
  const late = await createPerson(sql, 'latecomer');
  await redeem(sql, await invite(sql, ana, chat, { history: 'none' }), late);
  const shares = [article({ text: 'x'.repeat(90_000) }), selection()];
  const recent = await say(sql, ben, chat, 'new', { shares });
  const elsewhere = await say(sql, ben, await createGroup(sql, ben), 'x', { shares: [article()] });
  const sharesFor = async (job: Leased, lease = job.lease) =>
    (
      await as(
        sql,
        SERVICE,
        (tx) =>
          tx`select public.reply_shares(${job.job_id}, ${lease}, ${[early, recent, elsewhere]}::uuid[]) as shares`,
      )
    )[0]?.shares;
  const job = await begin(chat, late);
  expect(await sharesFor(job)).toEqual(shares.map((share) => ({ message_id: recent, ...share })));
  expect(await sharesFor(job, newId())).toEqual([]);
  await finish(sql, job);
  expect(await sharesFor(await begin(chat, ana))).toHaveLength(3);
});
