import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { broadcasts, topicOf } from './support/broadcasts.ts';
import { createGroup } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson } from './support/people.ts';
import { refusal } from './support/refusal.ts';
import { answers, append, ask, claim, claimLeased, finish, readJob, retry, stop } from './support/replies.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');
const stranger = await createPerson(sql, 'stranger');

const states = async (chat: string) =>
  (await broadcasts(sql, await topicOf(sql, chat)))
    .filter(({ event }) => event === 'reply')
    .map(({ payload }) => payload);

test('[AI7] the text so far is the deltas one after the other, in characters as people count them', async () => {
  const chat = await createGroup(sql, ana);
  const job = await ask(sql, ana, chat);
  const leased = await claimLeased(sql, chat);
  const pieces = ['Foxes 🦊', ' and\n', '👩‍👩‍👧', ' "quoted" \\ ', 'end'];
  let offset = 0;
  for (const piece of pieces) {
    expect(await append(sql, leased, offset, piece)).toEqual({ held: true, stop: false });
    offset += [...piece].length;
  }
  expect((await readJob(sql, job.id)).partial).toBe(pieces.join(''));
  const deltas = (await broadcasts(sql, await topicOf(sql, chat)))
    .filter(({ event }) => event === 'delta')
    .map(({ payload }) => payload);
  const inOrder = deltas.toSorted((a, b) => Number(a.offset) - Number(b.offset));
  expect(inOrder.map(({ text }) => text)).toEqual(pieces);
  expect(inOrder.at(1)).toEqual({
    job_id: job.id,
    chat_id: chat,
    message_id: job.message_id,
    attempt: 1,
    offset: 7,
    text: ' and\n',
  });
});

test('[AI7] a delta sent twice, or one that leaves a hole, is not taken', async () => {
  const chat = await createGroup(sql, ana);
  const job = await ask(sql, ana, chat);
  const leased = await claimLeased(sql, chat);
  await append(sql, leased, 0, 'one');
  expect(await append(sql, leased, 0, 'one')).toEqual({ held: false, stop: true });
  expect(await append(sql, leased, 4, 'two')).toEqual({ held: false, stop: true });
  expect((await readJob(sql, job.id)).partial).toBe('one');
});

test('[AI6] only the holder of the lease adds to the text, though another offers the right offset', async () => {
  const chat = await createGroup(sql, ana);
  const job = await ask(sql, ana, chat);
  const leased = await claimLeased(sql, chat);
  expect(await append(sql, { ...leased, lease: randomUUID() }, 0, 'not mine')).toEqual({ held: false, stop: true });
  expect((await readJob(sql, job.id)).partial).toBe('');
});

test('[AI6] a finished reply is one message, one change, and the text so far is gone', async () => {
  const chat = await createGroup(sql, ana);
  const job = await ask(sql, ana, chat);
  const leased = await claimLeased(sql, chat);
  await append(sql, leased, 0, 'An ans');
  await finish(sql, leased, { body: 'An answer.' });
  expect(await readJob(sql, job.id)).toMatchObject({ state: 'done', partial: '' });
  expect(await answers(sql, chat)).toEqual([
    { id: job.message_id, body: 'An answer.', status: 'complete', reply_to: job.trigger_message_id },
  ]);
  expect(
    await sql`select 1 from public.changes where chat_id = ${chat} and entity_id = ${job.message_id}`,
  ).toHaveLength(1);
  expect((await states(chat)).map(({ state }) => state).toSorted()).toEqual(['done', 'queued', 'running']);
});

test('[AI6] a model that says more than a message holds is cut, not lost', async () => {
  const chat = await createGroup(sql, ana);
  await ask(sql, ana, chat);
  await finish(sql, await claimLeased(sql, chat), { body: 'x'.repeat(100_001) });
  expect((await answers(sql, chat)).map(({ body }) => body.length)).toEqual([100_000]);
});

test('[AI5] a running reply is stopped by any member at its next delta, and keeps what stood on screen', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  const job = await ask(sql, ana, chat);
  const leased = await claimLeased(sql, chat);
  await append(sql, leased, 0, 'Once ');
  await stop(sql, ben, job.id);
  expect((await states(chat)).some(({ state, stopping }) => state === 'running' && stopping === true)).toBe(true);
  expect(await append(sql, leased, 5, 'upon')).toEqual({ held: true, stop: true });
  expect(await finish(sql, leased, { state: 'stopped', body: 'Once upon' })).toBe(true);
  expect(await answers(sql, chat)).toMatchObject([{ body: 'Once upon', status: 'stopped' }]);
});

test('[AI5] a queued reply is stopped at once, without a message', async () => {
  const chat = await createGroup(sql, ana);
  const job = await ask(sql, ana, chat);
  await stop(sql, ana, job.id);
  expect(await readJob(sql, job.id)).toMatchObject({ state: 'stopped' });
  expect(await claim(sql, chat)).toBeNull();
  expect(await answers(sql, chat)).toEqual([]);
});

test('[AI5] stopping what has ended does nothing', async () => {
  const chat = await createGroup(sql, ana);
  const job = await ask(sql, ana, chat);
  await finish(sql, await claimLeased(sql, chat));
  await stop(sql, ana, job.id);
  expect(await readJob(sql, job.id)).toMatchObject({ state: 'done' });
  expect(await answers(sql, chat)).toMatchObject([{ status: 'complete' }]);
});

test('[AI6] a failed reply tried again rewrites its message', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  const job = await ask(sql, ana, chat);
  await finish(sql, await claimLeased(sql, chat), { state: 'failed', body: '', error: 'model' });
  expect(await answers(sql, chat)).toMatchObject([{ id: job.message_id, body: '', status: 'failed' }]);
  await retry(sql, ben, job.id);
  const leased = await claimLeased(sql, chat);
  expect(leased).toMatchObject({ job_id: job.id, message_id: job.message_id, attempt: 1 });
  await finish(sql, leased, { body: 'Now it works.' });
  expect(await answers(sql, chat)).toMatchObject([{ id: job.message_id, body: 'Now it works.', status: 'complete' }]);
});

test('[AI6] a retry that is pressed twice, or on a reply that did not fail, does nothing more', async () => {
  const chat = await createGroup(sql, ana);
  const job = await ask(sql, ana, chat);
  await finish(sql, await claimLeased(sql, chat), { state: 'failed', body: '', error: 'model' });
  await Promise.all([retry(sql, ana, job.id), retry(sql, ana, job.id)]);
  await finish(sql, await claimLeased(sql, chat), { body: 'Done.' });
  await retry(sql, ana, job.id);
  expect(await readJob(sql, job.id)).toMatchObject({ state: 'done' });
  expect(await claim(sql, chat)).toBeNull();
});

test('[MEM4] stopping and retrying are for members', async () => {
  const chat = await createGroup(sql, ana);
  const job = await ask(sql, ana, chat);
  expect(await refusal(stop(sql, stranger, job.id))).toBe('SR002');
  expect(await refusal(retry(sql, stranger, job.id))).toBe('SR002');
  expect(await readJob(sql, job.id)).toMatchObject({ state: 'queued' });
});

test('a reply cannot end in a state that is no end', async () => {
  const chat = await createGroup(sql, ana);
  await ask(sql, ana, chat);
  const leased = await claimLeased(sql, chat);
  const ended = finish(sql, leased, { state: 'queued' as 'done' });
  expect(await refusal(ended)).toBe('23514');
});

test('[AI5] the context has all that was said up to now, in order, with names, and nothing that failed', async () => {
  const chat = await createGroup(sql, ana, [ben]);
  await ask(sql, ana, chat, '@ai first');
  await finish(sql, await claimLeased(sql, chat), { state: 'failed', body: '', error: 'model' });
  await ask(sql, ben, chat, '@ai second');
  const leased = await claimLeased(sql, chat);
  await ask(sql, ana, chat, '@ai meanwhile');
  const [row] = await sql`select private.reply_context(${leased.job_id}, ${leased.lease}, 60) as context`;
  expect(row?.context).toMatchObject({
    chat: { id: chat, kind: 'group', title: 'Test group', instructions: '' },
    asker: { id: ben.id, name: 'ben', username: ben.username },
    trigger_message_id: leased.trigger_message_id,
    members: [{ id: ana.id }, { id: ben.id }],
    messages: [
      { kind: 'member', author: 'ana', body: '@ai first' },
      { kind: 'member', author: 'ben', body: '@ai second' },
      { kind: 'member', author: 'ana', body: '@ai meanwhile' },
    ],
  });
  const [lost] = await sql`select private.reply_context(${leased.job_id}, gen_random_uuid(), 60) as context`;
  expect(lost?.context).toBeNull();
});
