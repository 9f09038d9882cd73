import { describe, expect, test } from 'vitest';
import { as, person, SERVICE } from './support/actors.ts';
import { broadcasts } from './support/broadcasts.ts';
import { createGroup, createSolo, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';

const { sql } = await useDatabase();

interface Claim {
  readonly job_id: string;
  readonly lease: string | null;
}
async function claim(chat: string | null): Promise<Claim | null> {
  const [row] = await as(sql, SERVICE, (tx) => tx<{ job: Claim | null }[]>`select public.claim_reply(${chat}) as job`);
  return row?.job ?? null;
}
async function finish(
  { job_id, lease }: Claim,
  state: string,
  body: string,
  error: string | null = null,
): Promise<void> {
  await as(
    sql,
    SERVICE,
    (tx) => tx`select public.finish_reply(${job_id}, ${lease}, ${state}::public.reply_state, ${body}, ${error}, false)`,
  );
}
const allow = (replies: number | null) => sql`update private.plans set replies = ${replies} where id = 'free'`;
const used = async ({ id }: TestPerson) =>
  (await sql`select coalesce(sum(used), 0)::int as used from private.quota_use where user_id = ${id}`)[0]?.used;
const answersIn = async (chat: string) =>
  (await sql`select 1 from public.messages where chat_id = ${chat} and kind = 'assistant'`).length;

describe('[AI10] limits', () => {
  test('plans are rows; each person reads their own and what is used of it', async () => {
    await allow(5);
    const ana = await createPerson(sql, 'ana');
    const chat = await createSolo(sql, ana);
    await say(sql, ana, chat, 'hello');
    await finish((await claim(chat)) as Claim, 'done', 'Hi.');
    const [row] = await as(sql, person(ana.id), (tx) => tx`select public.my_quota() as quota`);
    expect(row?.quota).toEqual({
      ...{ plan: 'free', replies: 5, used: 1, resets_at: expect.any(String) },
      ...{ pictures: 5, pictures_used: 0, pictures_reset_at: expect.any(String) },
    });
    await sql`insert into private.plans (id, replies) values ('team', 7)`;
    await sql`update public.accounts set plan = 'team' where user_id = ${ana.id}`;
    const [other] = await as(sql, person(ana.id), (tx) => tx`select public.my_quota() as quota`);
    expect(other?.quota).toMatchObject({ plan: 'team', replies: 7 });
    await allow(40);
  });

  test('count answers alone, against the person answered, and people write on', async () => {
    await allow(2);
    const [ana, ben] = [await createPerson(sql, 'ana'), await createPerson(sql, 'ben')];
    const chat = await createGroup(sql, ana, [ben]);
    for (let count = 0; count < 3; count++) {
      await say(sql, ana, chat, '@ai hello');
      for (let words = 0; words < 5; words++) await say(sql, ana, chat, 'just words');
      const job = (await claim(chat)) as Claim;
      if (count < 2) await finish(job, 'done', 'Hi.');
      else expect(job.lease).toBeNull();
    }
    expect([await used(ana), await used(ben), await answersIn(chat)]).toEqual([2, 0, 2]);
    await say(sql, ben, chat, '@ai and me?');
    expect((await claim(chat))?.lease).not.toBeNull();
    await allow(40);
  });

  test('at the limit the asker alone is told, with the time, and nothing appears in the chat', async () => {
    await allow(1);
    const [ana, ben] = [await createPerson(sql, 'ana'), await createPerson(sql, 'ben')];
    const chat = await createGroup(sql, ana, [ben]);
    await say(sql, ana, chat, '@ai one');
    await finish((await claim(chat)) as Claim, 'done', 'One.');
    const question = await say(sql, ana, chat, '@ai two');
    await claim(chat);
    const told = (await broadcasts(sql, `user:${ana.id}`)).filter(({ event }) => event === 'limit');
    expect(told.map(({ payload }) => payload)).toEqual([
      { chat_id: chat, message_id: question, resets_at: expect.any(String), reason: 'quota' },
    ]);
    expect(Date.parse(String(told[0]?.payload.resets_at))).toBeGreaterThan(Date.now());
    expect((await broadcasts(sql, `user:${ben.id}`)).filter(({ event }) => event === 'limit')).toEqual([]);
    expect(await answersIn(chat)).toBe(1);
    await allow(40);
  });

  test('of many at once no more than allowed are answered', async () => {
    await allow(5);
    const ana = await createPerson(sql, 'ana');
    const chats = await Promise.all(Array.from({ length: 20 }, () => createSolo(sql, ana)));
    await Promise.all(chats.map((chat) => say(sql, ana, chat, 'hello')));
    const claims = await Promise.all(chats.map((chat) => claim(chat)));
    expect(claims.filter((job) => job?.lease != null)).toHaveLength(5);
    expect(await used(ana)).toBe(5);
    await allow(40);
  });

  test('an answer that does not come costs nothing; a crash and its second try cost once', async () => {
    const ana = await createPerson(sql, 'ana');
    const chat = await createSolo(sql, ana);
    await say(sql, ana, chat, 'hello');
    await finish((await claim(chat)) as Claim, 'failed', '', 'unreachable');
    expect(await used(ana)).toBe(0);
    await say(sql, ana, chat, 'again');
    await claim(chat);
    await sql`update public.reply_jobs set lease_until = now() - interval '1 second' where chat_id = ${chat} and state = 'running'`;
    await finish((await claim(chat)) as Claim, 'done', 'Here.');
    expect(await used(ana)).toBe(1);
  });

  test('a plan without a number has none', async () => {
    await allow(1);
    const ana = await createPerson(sql, 'ana');
    await sql`update public.accounts set plan = 'pro' where user_id = ${ana.id}`;
    const chat = await createSolo(sql, ana);
    for (let count = 0; count < 3; count++) {
      await say(sql, ana, chat, 'hello');
      await finish((await claim(chat)) as Claim, 'done', 'Hi.');
    }
    expect([await answersIn(chat), await used(ana)]).toEqual([3, 0]);
    await allow(40);
  });

  test('what nobody asked for draws on the chat’s own bucket, never on a person', async () => {
    const [ana, ben] = [await createPerson(sql, 'ana'), await createPerson(sql, 'ben')];
    const chat = await createGroup(sql, ana, [ben]);
    await as(sql, person(ana.id), (tx) => tx`select public.set_reply_mode(${chat}, 'automatic')`);
    const outcomes: boolean[] = [];
    for (let count = 0; count < 13; count++) {
      await say(sql, ana, chat, 'What is lagan?');
      await sql`update public.reply_jobs set run_after = now(), touched_at = now() - interval '9 seconds' where chat_id = ${chat} and state = 'queued'`;
      const job = (await claim(chat)) as Claim;
      const [row] = await as(
        sql,
        SERVICE,
        (tx) => tx<{ held: boolean }[]>`
          select public.decide_turn(${job.job_id}, ${job.lease}, '{"by":"gate","action":"reply","reason":"x"}') as held`,
      );
      outcomes.push(row?.held ?? false);
      // It leaves no message, so that its share plays no part here.
      if (row?.held)
        await sql`update public.reply_jobs set state = 'done', finished_at = now(), lease_token = null, lease_until = null where id = ${job.job_id}`;
    }
    expect(outcomes).toEqual([...Array.from({ length: 12 }, () => true), false]);
    expect([await used(ana), await used(ben)]).toEqual([0, 0]);
    const [last] =
      await sql`select state, decision from public.reply_jobs where chat_id = ${chat} order by created_at desc limit 1`;
    expect(last).toMatchObject({ state: 'silent', decision: { reason: 'spoke_enough' } });
  });
});
