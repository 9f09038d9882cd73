import { describe, expect, test } from 'vitest';
import { as, person } from './support/actors.ts';
import { broadcasts } from './support/broadcasts.ts';
import { createGroup, createSolo, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { answers, append, ask, claim, claimLeased, finish, type Leased, readJob, retry } from './support/replies.ts';
import { openTurns, type TurnClaim } from './support/turns.ts';
import { hold } from './support/waiting.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');
const cleo = await createPerson(sql, 'cleo');
await sql`update public.accounts set plan = 'pro'`;

const { group, jobsIn, ready, claim: claimTurn, decide, reactionsTo } = openTurns(sql, ana, [ben, cleo]);

/** An answer that is being written, with its first word on the screen. */
async function underWay(chat: string, who: TestPerson = ana, question = '@ai tell a story'): Promise<Leased> {
  await ask(sql, who, chat, question);
  const leased = await claimLeased(sql, chat);
  expect(await append(sql, leased, 0, 'Once ')).toEqual({ held: true, stop: false });
  return leased;
}

/** Whether the worker of an answer is told to stop at its next word. */
const isStopped = async (job: Leased) => (await append(sql, job, 5, 'upon ')).stop;

describe('[AI5] [AI3] stop, said to the AI while it answers', () => {
  test.each([
    ['to it by name', '@ai stop'],
    ['without the sign', 'Sideroom, stop please'],
    ['as a bare word', 'STOP!'],
    ['with a reason', '@ai be quiet please, we are in a film'],
    ['in other words', 'never mind'],
    ['in German', 'hör auf'],
    ['in French', '@ai arrête, s’il te plaît'],
    ['in Spanish', 'para, por favor'],
    ['in Polish', 'przestań'],
    ['in Russian', 'хватит'],
    ['in Japanese', 'もうやめて'],
    ['in Chinese', '停！'],
    ['in Korean', '그만해'],
  ])('%s: “%s” stops the answer at its next word, and is not answered but by a sign', async (_how, words) => {
    const chat = await group('mention');
    const job = await underWay(chat);
    const stop = await say(sql, ben, chat, words);
    expect(await isStopped(job)).toBe(true);
    await finish(sql, job, { state: 'stopped', body: 'Once upon ' });
    expect(await answers(sql, chat)).toMatchObject([{ id: job.message_id, body: 'Once upon ', status: 'stopped' }]);
    expect(await reactionsTo(stop)).toEqual([{ emoji: '👍', user_ids: ['ai'] }]);
    expect(await claim(sql, chat)).toBeNull();
    const [row] = await sql`select quiet_until > now() as quiet from public.chats where id = ${chat}`;
    expect(row?.quiet).toBe(true);
    expect(await sql`select 1 from private.spoken_stops`).toHaveLength(0);
  });

  test('stops what nobody asked for, too, in automatic mode', async () => {
    const chat = await group();
    await say(sql, ana, chat, 'What is lagan?');
    await ready(chat);
    await decide((await claimTurn(chat)) as TurnClaim, { by: 'gate', action: 'reply', reason: 'an open question' });
    const [job] = await sql<
      Leased[]
    >`select id as job_id, lease_token as lease, * from public.reply_jobs where chat_id = ${chat}`;
    await append(sql, job as Leased, 0, 'Once ');
    await say(sql, ben, chat, 'stop');
    expect(await isStopped(job as Leased)).toBe(true);
  });

  test('in a chat of one’s own it stops as well, and the next question is answered', async () => {
    const solo = await createSolo(sql, ana);
    const job = await underWay(solo, ana, 'tell a story');
    const stop = await say(sql, ana, solo, 'stop');
    expect(await isStopped(job)).toBe(true);
    await finish(sql, job, { state: 'stopped', body: 'Once upon ' });
    expect(await reactionsTo(stop)).toEqual([{ emoji: '👍', user_ids: ['ai'] }]);
    expect((await jobsIn(solo)).at(-1)).toMatchObject({ state: 'silent', decision: { reason: 'asked_to_stop' } });
    await ask(sql, ana, solo, 'a shorter one');
    expect(await claim(sql, solo)).toMatchObject({ attempt: 1 });
  });

  test('nothing is running any more: in a chat of one’s own the word is a message like any other', async () => {
    const solo = await createSolo(sql, ana);
    await finish(sql, await underWay(solo, ana, 'tell a story'));
    await say(sql, ana, solo, 'stop');
    expect((await jobsIn(solo)).at(-1)).toMatchObject({ kind: 'answer', state: 'queued' });
  });

  test('an answer that has not begun ends at once, without a message, and is given back', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    const job = await ask(sql, ana, chat, '@ai tell a story');
    await say(sql, ben, chat, '@ai stop');
    expect(await readJob(sql, job.id)).toMatchObject({ state: 'stopped' });
    expect(await answers(sql, chat)).toEqual([]);
    const states = (await broadcasts(sql, `chat:${chat}`)).flatMap(({ event, payload }) =>
      event === 'reply' && payload.job_id === job.id ? [payload.state] : [],
    );
    expect(states.toSorted()).toEqual(['queued', 'stopped']);
  });

  test('what somebody else has asked meanwhile is answered next; what the one who says stop has asked is not', async () => {
    const chat = await createGroup(sql, ana, [ben, cleo]);
    const job = await underWay(chat);
    const [ofBen, ofCleo] = [await ask(sql, ben, chat, '@ai and I?'), await ask(sql, cleo, chat, '@ai and I?')];
    await say(sql, ben, chat, '@ai stop');
    expect(await isStopped(job)).toBe(true);
    await finish(sql, job, { state: 'stopped', body: 'Once upon ' });
    expect(await readJob(sql, ofBen.id)).toMatchObject({ state: 'stopped' });
    expect(await claim(sql, chat)).toMatchObject({ job_id: ofCleo.id });
  });

  test.each([
    ['to another person', (chat: string) => say(sql, ana, chat, 'stop', { replyTo: null }), 'I am driving'],
    ['to people alone', (chat: string) => say(sql, ana, chat, '@ai stop', { target: 'people' }), null],
    ['in a question of its own', (chat: string) => say(sql, ana, chat, '@ai how do I stop a process?'), null],
    ['in a sentence', (chat: string) => say(sql, ana, chat, 'we have to stop for petrol'), null],
  ])('%s: the answer goes on', async (_how, speak, before) => {
    const chat = await createGroup(sql, ana, [ben]);
    const job = await underWay(chat);
    if (before !== null) await say(sql, ben, chat, before);
    await speak(chat);
    expect(await isStopped(job)).toBe(false);
  });

  test('as an answer to a person it is for that person', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    const told = await say(sql, ben, chat, 'I am driving');
    const job = await underWay(chat);
    await say(sql, ana, chat, 'stop', { replyTo: told });
    expect(await isStopped(job)).toBe(false);
  });

  test('whoever works on the answer just then is not waited for, and hears of it all the same', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    const job = await underWay(chat);
    const busy = await hold(sql, (tx) => tx`select 1 from public.reply_jobs where id = ${job.job_id} for update`);
    await say(sql, ben, chat, '@ai stop');
    await busy.commit();
    expect(await isStopped(job)).toBe(true);
  });

  test('an answer that is being claimed just then hears of it with its first heartbeat', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    const { id } = await ask(sql, ana, chat);
    const busy = await hold(sql, (tx) => tx`select 1 from public.reply_jobs where id = ${id} for update`);
    await say(sql, ben, chat, '@ai stop');
    await busy.commit();
    expect(await claim(sql, chat)).toMatchObject({ job_id: id });
    const [job] = await sql<
      Leased[]
    >`select id as job_id, lease_token as lease, * from public.reply_jobs where id = ${id}`;
    expect(await append(sql, job as Leased, 0, '')).toEqual({ held: true, stop: true });
  });

  test('an attempt that fails meanwhile is not followed by another one', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    const job = await underWay(chat);
    await say(sql, ben, chat, '@ai stop');
    await finish(sql, job, { state: 'failed', error: 'unreachable', retry: true });
    await sql`update public.reply_jobs set run_after = now() where id = ${job.job_id}`;
    expect(await claim(sql, chat)).toEqual({ job_id: job.job_id, lease: null });
    expect(await readJob(sql, job.job_id)).toMatchObject({ state: 'stopped' });
  });

  test('an answer that fails for good, and is asked for again, is not stopped by words from before', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    const job = await underWay(chat);
    await say(sql, ben, chat, '@ai stop');
    await finish(sql, job, { state: 'failed', error: 'model' });
    await retry(sql, ana, job.job_id);
    const again = await claimLeased(sql, chat);
    expect(await append(sql, again, 0, 'Once ')).toEqual({ held: true, stop: false });
  });

  test('the AI is told in no mode but off, and even then it stops', async () => {
    const chat = await createGroup(sql, ana, [ben]);
    const job = await underWay(chat);
    await as(sql, person(ana.id), (tx) => tx`select public.set_reply_mode(${chat}, 'off')`);
    const stop = await say(sql, ben, chat, '@ai stop');
    expect(await isStopped(job)).toBe(true);
    expect(await reactionsTo(stop)).toEqual([]);
  });
});
