import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { as, person, SERVICE } from './support/actors.ts';
import { broadcasts } from './support/broadcasts.ts';
import { createGroup, createSolo, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';
import { answers, ask, claim, claimLeased, endPause, expireLease, finish, type Leased } from './support/replies.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');

afterEach(async () => {
  await sql`delete from private.model_prices`;
  await sql`update private.spending set daily_micros = null, reserve_micros = 10000`;
  await sql`delete from private.model_use`;
  await sql`delete from private.daily_spend`;
  await sql`update public.reply_jobs set state = 'done', lease_token = null, lease_until = null, finished_at = now() where finished_at is null`;
});

const USE = {
  ...{ purpose: 'answer', model: 'terra-2026', asked: 'terra', slot: 'standard', pictures: 0, searches: 0 },
  ...{ input_tokens: 4_000, cached_tokens: 0, output_tokens: 300 },
};
const note = (job: Leased, use: object = {}, id: string = randomUUID()) =>
  as(sql, SERVICE, (tx) => tx`select public.note_use(${job.job_id}, ${JSON.stringify({ id, ...USE, ...use })})`);
const price = (model: string, more: object = {}) =>
  sql`insert into private.model_prices ${sql({ model, input_micros: 1_000_000, output_micros: 5_000_000, ...more })}`;
const limit = (daily: number, reserve = 1_000) =>
  sql`update private.spending set daily_micros = ${daily}, reserve_micros = ${reserve}`;
const spent = async () => Number((await sql`select sum(micros) as micros from private.daily_spend`)[0]?.micros ?? 0);

async function begin(who: TestPerson = ana): Promise<Leased> {
  const chat = await createSolo(sql, who);
  await ask(sql, who, chat, 'hello');
  return claimLeased(sql, chat);
}

/** The receipt as a member reads it. */
async function receiptOf(job: Leased) {
  await as(sql, SERVICE, (tx) => tx`select public.keep_receipt(${job.job_id}, '{"model":"terra-2026"}')`);
  const [row] = await as(
    sql,
    person(ana.id),
    (tx) => tx`select receipt from public.reply_jobs where message_id = ${job.message_id}`,
  );
  return row?.receipt;
}

describe('[AI11] what an answer cost', () => {
  test('is by the price of a million tokens in and out', async () => {
    await price('terra');
    const job = await begin();
    await note(job);
    expect(await receiptOf(job)).toEqual({
      ...{ model: 'terra-2026', cost_micros: 5_500, currency: 'USD' },
      ...{ gate_input_tokens: null, gate_output_tokens: null },
    });
  });

  test('is unknown without a price, and nothing is made up', async () => {
    const job = await begin();
    await note(job);
    expect(await receiptOf(job)).toMatchObject({ cost_micros: null });
    await price('other');
    await note(job);
    expect(await receiptOf(job)).toMatchObject({ cost_micros: null });
  });

  test.each([
    ['the name that the service gives counts before the one asked for, and both before the slot', 3, {}, 13_500],
    ['what was read before has a price of its own', 2, { cached_tokens: 3_000 }, 4_400],
    ['pictures and searches', 1, { pictures: 1, searches: 2 }, 65_500],
    ['tokens that were not told make it unknown', 1, { input_tokens: null }, null],
  ])('%s', async (_, prices, use, cost) => {
    for (const [index, name] of ['standard', 'terra', 'terra-2026'].slice(0, prices).entries())
      await price(name, {
        ...{ input_micros: 1_000_000 * (index + 1), cached_micros: 300_000, output_micros: 5_000_000 },
        ...{ picture_micros: 40_000, search_micros: 10_000 },
      });
    const job = await begin();
    await note(job, use);
    expect(await receiptOf(job)).toMatchObject({ cost_micros: cost });
  });

  test('a picture without a price makes it unknown', async () => {
    await price('terra');
    const job = await begin();
    await note(job, { pictures: 1 });
    expect(await receiptOf(job)).toMatchObject({ cost_micros: null });
  });

  test('holds every call made for it, the gate’s too, each once', async () => {
    await price('terra');
    await price('gate', { input_micros: 100_000, output_micros: 500_000 });
    const job = await begin();
    const id = randomUUID();
    const gate = {
      purpose: 'gate',
      model: 'luna',
      asked: 'luna',
      slot: 'gate',
      input_tokens: 2_000,
      output_tokens: 40,
    };
    for (let time = 0; time < 2; time++) await note(job, gate, id);
    await note(job);
    await note(job);
    expect(await receiptOf(job)).toMatchObject({
      ...{ cost_micros: 220 + 2 * 5_500, gate_input_tokens: 2_000, gate_output_tokens: 40 },
    });
    expect(await spent()).toBe(11_220);
  });
});

describe('[AI10] the money of a day', () => {
  const claims = (count: number, who: readonly TestPerson[]) =>
    Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const chat = await createSolo(sql, who[index % who.length] as TestPerson);
        await say(sql, who[index % who.length] as TestPerson, chat, 'hello');
        return chat;
      }),
    ).then((chats) => Promise.all(chats.map((chat) => claim(sql, chat))));

  test('has no limit unless somebody sets one', async () => {
    const job = await begin();
    await note(job, { input_tokens: 1_000_000_000 });
    expect((await claims(3, [ana])).every((job) => job?.lease != null)).toBe(true);
  });

  test('of many at once no more begin than there is money for', async () => {
    await limit(7_000);
    const people = await Promise.all(Array.from({ length: 6 }, () => createPerson(sql, 'many')));
    const begun = (await claims(30, people)).filter((job) => job?.lease != null);
    expect(begun).toHaveLength(7);
  });

  test('what an answer really cost takes the place of what was set aside for it', async () => {
    await price('terra');
    await limit(8_000, 2_000);
    const first = await begin();
    await note(first);
    await finish(sql, first);
    // 5,500 spent: one more has room, two have not.
    const begun = (await claims(2, [ana])).filter((job) => job?.lease != null);
    expect(begun).toHaveLength(1);
  });

  test('an unknown cost counts as what was set aside', async () => {
    await limit(2_500, 1_000);
    for (let count = 0; count < 2; count++) {
      const job = await begin();
      await note(job);
      await finish(sql, job);
    }
    expect(await spent()).toBe(2_000);
    expect((await claims(1, [ana]))[0]?.lease).toBeNull();
  });

  test('once it is used up the asker alone is told when it is there again, and nothing appears in the chat', async () => {
    await limit(0);
    const [asker, ben] = [await createPerson(sql, 'asker'), await createPerson(sql, 'ben')];
    const chat = await createGroup(sql, asker, [ben]);
    const job = await ask(sql, asker, chat, '@ai hello');
    expect((await claim(sql, chat))?.lease).toBeNull();
    const told = async (who: TestPerson) =>
      (await broadcasts(sql, `user:${who.id}`)).filter(({ event }) => event === 'limit').map(({ payload }) => payload);
    const midnight = (
      await sql`select (((now() at time zone 'UTC')::date + 1)::timestamp at time zone 'UTC')::timestamptz as at`
    )[0]?.at;
    expect(await told(asker)).toEqual([
      { chat_id: chat, message_id: job.trigger_message_id, resets_at: expect.any(String), reason: 'ceiling' },
    ]);
    expect(new Date(String((await told(asker))[0]?.resets_at))).toEqual(midnight);
    expect(await told(ben)).toEqual([]);
    expect(await answers(sql, chat)).toEqual([]);
    // It hangs for nobody, and costs the asker no answer.
    expect((await sql`select state, error from public.reply_jobs where id = ${job.id}`)[0]).toEqual({
      ...{ state: 'failed', error: 'ceiling' },
    });
    expect(await sql`select 1 from private.quota_use where user_id = ${asker.id}`).toHaveLength(0);
    await limit(1_000_000);
    await as(sql, person(asker.id), (tx) => tx`select public.retry_reply(${job.id})`);
    expect((await claim(sql, chat))?.lease).not.toBeNull();
  });

  test('what nobody asked for stays silent', async () => {
    const asker = await createPerson(sql, 'asker');
    const chat = await createGroup(sql, asker, [ana]);
    await as(sql, person(asker.id), (tx) => tx`select public.set_reply_mode(${chat}, 'automatic')`);
    const hurry = () =>
      sql`update public.reply_jobs set run_after = now(), touched_at = now() - interval '9 seconds' where chat_id = ${chat}`;
    await say(sql, asker, chat, 'What is lagan?');
    await hurry();
    await limit(0);
    expect((await claim(sql, chat))?.lease).toBeNull();
    const last = async () =>
      (
        await sql`select id, state, decision from public.reply_jobs where chat_id = ${chat} order by created_at desc limit 1`
      )[0];
    expect(await last()).toMatchObject({ state: 'silent', decision: { reason: 'spent_enough' } });

    // One that had begun, and is tried again.
    await limit(1_000_000);
    await say(sql, asker, chat, 'And what is flotsam?');
    await hurry();
    const job = await claimLeased(sql, chat);
    const decision = '{"by":"gate","action":"reply","reason":"x"}';
    await as(sql, SERVICE, (tx) => tx`select public.decide_turn(${job.job_id}, ${job.lease}, ${decision})`);
    await finish(sql, job, { state: 'failed', error: 'unreachable', retry: true });
    await limit(0);
    await endPause(sql, job.job_id);
    expect((await claim(sql, chat))?.lease).toBeNull();
    expect(await last()).toMatchObject({ state: 'stopped' });
    expect(await answers(sql, chat)).toEqual([]);
    expect((await broadcasts(sql, `user:${asker.id}`)).filter(({ event }) => event === 'limit')).toEqual([]);
  });

  test('an answer that has begun goes on after a crash', async () => {
    await limit(1_000);
    const job = await begin();
    await limit(0);
    await expireLease(sql, job.job_id);
    expect((await claim(sql, job.chat_id))?.lease).not.toBeNull();
  });
});
