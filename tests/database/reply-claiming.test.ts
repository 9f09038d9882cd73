import { beforeEach, expect, test } from 'vitest';
import { createCrowd, createGroup } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson } from './support/people.ts';
import {
  answers,
  append,
  ask,
  type Claim,
  claim,
  claimLeased,
  endPause,
  expireLease,
  finish,
  readJob,
  retry,
  stop,
} from './support/replies.ts';
import { hold, waitForBlocked } from './support/waiting.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
// She asks more than other plans allow.
await sql`update public.accounts set plan = 'pro' where user_id = ${ana.id}`;

beforeEach(async () => {
  await sql`delete from public.reply_jobs`;
});

test('[AI5] [AI6] 16 workers over 40 chats: every job is begun once, one per chat at a time, in order', async () => {
  const asked = new Map<string, string[]>();
  for (let i = 0; i < 40; i++) {
    const chat = await createGroup(sql, ana);
    const jobs = [];
    for (let n = 0; n < 3; n++) jobs.push((await ask(sql, ana, chat, `@ai question ${n}`)).id);
    asked.set(chat, jobs);
  }
  const begun = new Map<string, string[]>([...asked.keys()].map((chat) => [chat, []]));
  const running = new Set<string>();
  const work = async () => {
    for (;;) {
      const job = await claim(sql);
      if (job?.lease == null) {
        // Nothing due: either all is done, or what is left waits for a running one of its chat.
        const [left] = await sql<{ count: number }[]>`
          select count(*)::int as count from public.reply_jobs where state in ('queued', 'running')`;
        if (left?.count === 0) return;
        continue;
      }
      expect(running.has(job.chat_id), 'two at a time in one chat').toBe(false);
      running.add(job.chat_id);
      begun.get(job.chat_id)?.push(job.job_id);
      const leased = { ...job, lease: job.lease };
      expect(await append(sql, leased, 0, 'An an')).toEqual({ held: true, stop: false });
      running.delete(job.chat_id);
      expect(await finish(sql, leased)).toBe(true);
    }
  };
  await Promise.all(Array.from({ length: 16 }, work));
  expect(begun).toEqual(asked);
  for (const chat of asked.keys()) expect(await answers(sql, chat)).toHaveLength(3);
});

test('[AI5] while one reply runs, the next of its chat waits, and those of others do not', async () => {
  const chat = await createGroup(sql, ana);
  const other = await createGroup(sql, ana);
  const first = await ask(sql, ana, chat);
  const second = await ask(sql, ana, chat);
  await ask(sql, ana, other);
  const running = await claimLeased(sql, chat);
  expect(running.job_id).toBe(first.id);
  expect(await claim(sql, chat)).toBeNull();
  expect((await claim(sql))?.chat_id).toBe(other);
  await finish(sql, running);
  expect((await claim(sql, chat))?.job_id).toBe(second.id);
});

test('[AI5] a failed reply tried again while the next one is just begun does not run beside it', async () => {
  const chat = await createGroup(sql, ana);
  const failed = await ask(sql, ana, chat);
  await finish(sql, await claimLeased(sql, chat), { state: 'failed', body: '', error: 'model' });
  await ask(sql, ana, chat);
  const beginning = await hold(sql, (tx) => tx`select private.claim_reply(${chat})`);
  await retry(sql, ana, failed.id);
  const second = claim(sql, chat);
  await waitForBlocked(sql, 1);
  await beginning.commit();
  expect(await second).toBeNull();
  expect(await readJob(sql, failed.id)).toMatchObject({ state: 'queued', attempts: 0 });
});

test('[AI5] a worker does not wait for a claim that another one is just making', async () => {
  const [busy, free] = [await createGroup(sql, ana), await createGroup(sql, ana)];
  await ask(sql, ana, busy);
  await ask(sql, ana, free);
  const claiming = await hold(sql, (tx) => tx`select private.claim_reply(${busy})`);
  expect(await claim(sql, busy)).toBeNull();
  expect((await claim(sql))?.chat_id).toBe(free);
  await claiming.commit();
});

test('[AI5] 16 workers at one chat: one gets the job', async () => {
  const { chat, members } = await createCrowd(sql, 3);
  for (const member of members) await ask(sql, member, chat);
  const claims = await Promise.all(Array.from({ length: 16 }, () => claim(sql, chat)));
  expect(claims.filter((got) => got !== null)).toHaveLength(1);
});

test('[AI6] a job whose worker fell silent is taken up again, and the former worker can write nothing more', async () => {
  const chat = await createGroup(sql, ana);
  await ask(sql, ana, chat);
  const dead = await claimLeased(sql, chat);
  await append(sql, dead, 0, 'half a sen');
  expect(await claim(sql, chat), 'the lease still holds').toBeNull();
  await expireLease(sql, dead.job_id);
  const alive = await claimLeased(sql, chat);
  expect(alive).toMatchObject({ job_id: dead.job_id, message_id: dead.message_id, attempt: 2 });
  expect(alive.lease).not.toBe(dead.lease);
  expect((await readJob(sql, alive.job_id)).partial, 'a new attempt begins with no text').toBe('');
  expect(await append(sql, dead, 10, 'tence')).toEqual({ held: false, stop: true });
  expect(await finish(sql, dead, { body: 'from the dead' })).toBe(false);
  expect(await finish(sql, alive, { body: 'from the living' })).toBe(true);
  expect(await finish(sql, alive, { body: 'twice' })).toBe(false);
  expect(await answers(sql, chat)).toEqual([
    { id: alive.message_id, body: 'from the living', status: 'complete', reply_to: alive.trigger_message_id },
  ]);
});

test('[AI6] 16 workers find one dead lease: one takes it up', async () => {
  const chat = await createGroup(sql, ana);
  await ask(sql, ana, chat);
  const dead = await claimLeased(sql, chat);
  await expireLease(sql, dead.job_id);
  const claims = await Promise.all(Array.from({ length: 16 }, () => claim(sql)));
  expect(claims.filter((got): got is Claim => got !== null).map((got) => got.attempt)).toEqual([2]);
});

test('[AI6] a delta and a heartbeat renew the lease; 90 s without a worker see the end or a retry', async () => {
  const chat = await createGroup(sql, ana);
  await ask(sql, ana, chat);
  const job = await claimLeased(sql, chat);
  const [lease] =
    await sql`select extract(epoch from private.reply_lease())::int as seconds, private.max_reply_attempts() as attempts`;
  expect(lease?.seconds).toBeLessThanOrEqual(30);
  for (const text of ['words', '']) {
    await sql`update public.reply_jobs set lease_until = now() + interval '1 second' where id = ${job.job_id}`;
    await append(sql, job, text === '' ? 5 : 0, text);
    const [row] =
      await sql`select lease_until > now() + interval '20 seconds' as renewed from public.reply_jobs where id = ${job.job_id}`;
    expect(row?.renewed).toBe(true);
  }
});

test('[AI6] a worker that crashes at every attempt ends in one failed message', async () => {
  const chat = await createGroup(sql, ana);
  const job = await ask(sql, ana, chat);
  for (let attempt = 1; attempt <= 3; attempt++) {
    expect((await claimLeased(sql, chat)).attempt).toBe(attempt);
    await expireLease(sql, job.id);
  }
  expect(await claim(sql, chat)).toEqual({ job_id: job.id, lease: null });
  expect(await claim(sql, chat)).toBeNull();
  expect(await readJob(sql, job.id)).toMatchObject({ state: 'failed', error: 'crashed', partial: '' });
  expect(await answers(sql, chat)).toMatchObject([{ id: job.message_id, body: '', status: 'failed' }]);
});

test('[AI6] a failure that may pass is tried again after a pause, one that may not ends at once', async () => {
  const chat = await createGroup(sql, ana);
  const job = await ask(sql, ana, chat);
  const failure = { state: 'failed', body: '', error: 'unreachable' } as const;
  for (let attempt = 1; attempt <= 3; attempt++) {
    const leased = await claimLeased(sql, chat);
    expect(await finish(sql, leased, { ...failure, retry: true })).toBe(true);
    if (attempt < 3) {
      expect(await claim(sql, chat), 'it pauses').toBeNull();
      expect(await readJob(sql, job.id)).toMatchObject({ state: 'queued', attempts: attempt, error: 'unreachable' });
      await endPause(sql, job.id);
    }
  }
  expect(await readJob(sql, job.id)).toMatchObject({ state: 'failed', attempts: 3, error: 'unreachable' });
  const other = await ask(sql, ana, chat);
  await finish(sql, await claimLeased(sql, chat), { ...failure, error: 'unauthorized' });
  expect(await readJob(sql, other.id)).toMatchObject({ state: 'failed', attempts: 1, error: 'unauthorized' });
});

test('[AI5] a reply that was stopped and whose worker died is ended by the next claim, with what stood on screen', async () => {
  const chat = await createGroup(sql, ana);
  const job = await ask(sql, ana, chat);
  const leased = await claimLeased(sql, chat);
  await append(sql, leased, 0, 'Once upon');
  await stop(sql, ana, job.id);
  await expireLease(sql, job.id);
  expect(await claim(sql, chat)).toEqual({ job_id: job.id, lease: null });
  expect(await answers(sql, chat)).toMatchObject([{ id: job.message_id, body: 'Once upon', status: 'stopped' }]);
});

test('[AI6] whether work is due is told truly', async () => {
  const due = async () => (await sql`select private.reply_due() as due`)[0]?.due;
  const chat = await createGroup(sql, ana);
  expect(await due()).toBe(false);
  const job = await ask(sql, ana, chat);
  expect(await due()).toBe(true);
  const leased = await claimLeased(sql, chat);
  expect(await due()).toBe(false);
  await expireLease(sql, job.id);
  expect(await due()).toBe(true);
  expect(await finish(sql, leased)).toBe(true);
  expect(await due()).toBe(false);
});
