import { describe, expect, test } from 'vitest';
import { newId } from '../../lib/model/ids.ts';
import { as, person, SERVICE } from './support/actors.ts';
import { broadcasts } from './support/broadcasts.ts';
import { createGroup, createSolo, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import {
  answers,
  ask,
  claim,
  claimLeased,
  endPause,
  expireLease,
  finish,
  type Leased,
  retry,
} from './support/replies.ts';

const { sql } = await useDatabase();

const allow = (pictures: number | null) => sql`update private.plans set pictures = ${pictures} where id = 'free'`;
const used = async ({ id }: TestPerson) =>
  Number((await sql`select coalesce(sum(used), 0) as used from private.picture_use where user_id = ${id}`)[0]?.used);

async function take(job: Leased): Promise<{ taken: boolean; resets_at?: string }> {
  const [row] = await as(
    sql,
    SERVICE,
    (tx) => tx<{ right: { taken: boolean } }[]>`select public.take_picture(${job.job_id}, ${job.lease}) as right`,
  );
  return row?.right ?? { taken: false };
}

async function begin(who: TestPerson, chat?: string): Promise<Leased> {
  const where = chat ?? (await createSolo(sql, who));
  await ask(sql, who, where, '@ai draw');
  return claimLeased(sql, where);
}

/** Stores a picture as the function does. */
async function draw(job: Leased): Promise<void> {
  const picture = { id: newId(), name: 'picture.png', content_type: 'image/png', width: 30, height: 20 };
  for (const name of [picture.id, `${picture.id}.thumb`])
    await sql`insert into storage.objects (bucket_id, name, metadata)
      values ('attachments', ${`${job.chat_id}/${name}`}, ${sql.json({ size: 77 })})`;
  await as(
    sql,
    SERVICE,
    (tx) => tx`select public.keep_results(${job.job_id}, ${job.lease}, '[]', ${JSON.stringify(picture)})`,
  );
}

describe('[AI10] pictures', () => {
  test('count apart from answers, by the plan, and only where one was made', async () => {
    await allow(2);
    const ana = await createPerson(sql, 'ana');
    for (const hasPicture of [false, true, false, true]) {
      const job = await begin(ana);
      expect(await take(job)).toEqual({ taken: true });
      if (hasPicture) await draw(job);
      await finish(sql, job);
    }
    expect(await used(ana)).toBe(2);
    const right = await take(await begin(ana));
    expect(right).toEqual({ taken: false, resets_at: expect.any(String) });
    expect(Date.parse(right.resets_at ?? '')).toBeGreaterThan(Date.now());
    const [row] = await as(sql, person(ana.id), (tx) => tx`select public.my_quota() as quota`);
    expect(row?.quota).toMatchObject({ pictures: 2, pictures_used: 2, used: 5 });
  });

  test('of many at once no more are taken than allowed', async () => {
    await allow(3);
    const ana = await createPerson(sql, 'ana');
    const jobs = await Promise.all(Array.from({ length: 12 }, () => begin(ana)));
    const rights = await Promise.all(jobs.map(take));
    expect(rights.filter(({ taken }) => taken)).toHaveLength(3);
    expect(await used(ana)).toBe(3);
  });

  test('a crash, a second try and a failure before anything came cost nothing more', async () => {
    await allow(5);
    const ana = await createPerson(sql, 'ana');
    const first = await begin(ana);
    await take(first);
    await expireLease(sql, first.job_id);
    const second = await claimLeased(sql, first.chat_id);
    await take(second);
    expect(await used(ana)).toBe(1);
    await finish(sql, second, { state: 'failed', error: 'unreachable', retry: true });
    await endPause(sql, second.job_id);
    const third = await claimLeased(sql, first.chat_id);
    await take(third);
    await finish(sql, third, { state: 'failed', body: '', error: 'refused' });
    expect(await used(ana)).toBe(0);
    await retry(sql, ana, third.job_id);
    const again = await claimLeased(sql, first.chat_id);
    await take(again);
    await draw(again);
    await finish(sql, again);
    expect(await used(ana)).toBe(1);
  });

  test('nobody is charged for what they did not ask for, and it holds no picture', async () => {
    const ana = await createPerson(sql, 'ana');
    const chat = await createGroup(sql, ana, [await createPerson(sql, 'ben')]);
    await as(sql, person(ana.id), (tx) => tx`select public.set_reply_mode(${chat}, 'automatic')`);
    await say(sql, ana, chat, 'What is lagan?');
    await sql`update public.reply_jobs set run_after = now(), touched_at = now() - interval '9 seconds' where chat_id = ${chat}`;
    const job = await claimLeased(sql, chat);
    const decision = '{"by":"gate","action":"reply","reason":"x"}';
    await as(sql, SERVICE, (tx) => tx`select public.decide_turn(${job.job_id}, ${job.lease}, ${decision})`);
    expect(await take(job)).toEqual({ taken: false });
    expect(await used(ana)).toBe(0);
  });

  test('at the limit the asker alone is told, the chat shows nothing, and the answer costs nothing', async () => {
    await allow(1);
    const [ana, ben] = [await createPerson(sql, 'ana'), await createPerson(sql, 'ben')];
    const chat = await createGroup(sql, ana, [ben]);
    const made = await begin(ana, chat);
    await take(made);
    await draw(made);
    await finish(sql, made);
    const job = await begin(ana, chat);
    await take(job);
    expect(await finish(sql, job, { state: 'failed', body: '', error: 'pictures' })).toBe(true);
    const told = async (who: TestPerson) =>
      (await broadcasts(sql, `user:${who.id}`)).filter(({ event }) => event === 'limit').map(({ payload }) => payload);
    expect(await told(ana)).toEqual([
      { chat_id: chat, message_id: job.trigger_message_id, resets_at: expect.any(String), reason: 'pictures' },
    ]);
    expect(await told(ben)).toEqual([]);
    expect(await answers(sql, chat)).toHaveLength(1);
    expect((await sql`select sum(used)::int as used from private.quota_use where user_id = ${ana.id}`)[0]?.used).toBe(
      1,
    );
    expect(await claim(sql, chat)).toBeNull();
  });

  test('an answer in words, for want of the picture, is for all; the asker alone is told that one is missing', async () => {
    await allow(1);
    const [ana, ben] = [await createPerson(sql, 'ana'), await createPerson(sql, 'ben')];
    const chat = await createGroup(sql, ana, [ben]);
    const job = await begin(ana, chat);
    await finish(sql, job, { body: 'The tide is low at nine.', error: 'pictures' });
    const told = async (who: TestPerson) =>
      (await broadcasts(sql, `user:${who.id}`)).filter(({ event }) => event === 'limit').map(({ payload }) => payload);
    expect(await told(ana)).toEqual([
      { chat_id: chat, message_id: job.trigger_message_id, resets_at: expect.any(String), reason: 'pictures' },
    ]);
    expect(Date.parse(String((await told(ana))[0]?.resets_at))).toBeGreaterThan(Date.now());
    expect(await told(ben)).toEqual([]);
    expect(await answers(sql, chat)).toMatchObject([{ body: 'The tide is low at nine.', status: 'complete' }]);
    // Words are an answer like any other.
    expect((await sql`select used from private.quota_use where user_id = ${ana.id}`)[0]?.used).toBe(1);
    const whole = await begin(ana, chat);
    await finish(sql, whole);
    expect(await told(ana)).toHaveLength(1);
  });

  test('a plan without a number has none', async () => {
    await allow(null);
    const ana = await createPerson(sql, 'ana');
    expect(await take(await begin(ana))).toEqual({ taken: true });
    expect(await used(ana)).toBe(0);
    await allow(5);
  });
});
