import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import postgres from 'postgres';
import { beforeEach, describe, expect, test } from 'vitest';
import { as, SERVICE } from './support/actors.ts';
import { createCrowd, createGroup, expire, invite } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, createUser, type TestPerson } from './support/people.ts';
import { refusal, tally } from './support/refusal.ts';
import { hold, waitForBlocked } from './support/waiting.ts';

const { sql, migrationUrl } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');
const chat = await createGroup(sql, ana);

interface Outcome {
  readonly kind: 'open' | 'wrong' | 'limited';
  readonly retry_after?: number;
  readonly value?: Record<string, unknown>;
}

interface Try {
  readonly token?: string;
  readonly by?: { readonly id: string } | null;
  /** Which of the addresses that these tests know. */
  readonly from?: number;
  readonly redeem?: boolean;
}

const seal = (address: number) => createHash('sha256').update(`address ${address}`).digest('hex');

async function attempt({ token = randomUUID(), by = null, from = 1, redeem = false }: Try = {}): Promise<Outcome> {
  const [row] = await as(
    sql,
    SERVICE,
    (tx) =>
      tx<
        { outcome: Outcome }[]
      >`select public.try_invite(${token}, ${by?.id ?? null}, ${seal(from)}, ${redeem}) as outcome`,
  );
  if (row === undefined) throw new Error('try_invite gave no row');
  return row.outcome;
}

/** How many of as many tries at once were answered how. */
async function attempts(count: number, each: (index: number) => Try = () => ({})): Promise<Record<string, number>> {
  const outcomes = await Promise.all(Array.from({ length: count }, (_, index) => attempt(each(index))));
  return tally(outcomes.map(({ kind }) => kind));
}

/** As if that much time had passed since every try. */
async function pass(time: string): Promise<void> {
  await sql`
    update private.invite_tries set touched_at = touched_at - ${time}::interval,
      wrong_at = array(select at - ${time}::interval from unnest(wrong_at) at order by at)`;
}

beforeEach(() => sql`delete from private.invite_tries`);

describe('[INV5] the 11th wrong token within a minute is limited', () => {
  test('one after the other, with the time to wait', async () => {
    for (let wrong = 0; wrong < 10; wrong++) expect(await attempt()).toEqual({ kind: 'wrong' });
    const { kind, retry_after } = await attempt();
    expect(kind).toBe('limited');
    expect(retry_after).toBeGreaterThan(50);
    expect(retry_after).toBeLessThanOrEqual(60);
  });

  test('of 30 at once exactly 10 are answered as wrong', async () => {
    expect(await attempts(30)).toEqual({ wrong: 10, limited: 20 });
  });

  test('of 30 at once by one person from 30 addresses too', async () => {
    expect(await attempts(30, (from) => ({ by: ben, from, redeem: from % 2 === 0 }))).toEqual({
      wrong: 10,
      limited: 20,
    });
  });

  test('of 30 at once by 30 people from one address too', async () => {
    const people: TestPerson[] = [];
    while (people.length < 30) people.push(await createPerson(sql));
    expect(await attempts(30, (index) => ({ by: people[index] ?? null, redeem: true }))).toEqual({
      wrong: 10,
      limited: 20,
    });
  });

  test('previews and redemptions count together', async () => {
    expect(await attempts(10, (index) => ({ by: ben, redeem: index % 2 === 0 }))).toEqual({ wrong: 10 });
    expect((await attempt({ by: ben, redeem: true })).kind).toBe('limited');
    expect((await attempt()).kind, 'the address').toBe('limited');
    expect((await attempt({ by: ben, from: 2 })).kind, 'the person').toBe('limited');
    expect((await attempt({ from: 2 })).kind, 'somebody else elsewhere').toBe('wrong');
  });

  test('people and addresses in every order never wait for each other in a circle', async () => {
    const outcomes = await attempts(60, (index) => ({ by: index % 2 === 0 ? ana : ben, from: index % 3 }));
    expect(outcomes).toMatchObject({ wrong: expect.any(Number) });
    expect(outcomes['wrong']).toBeLessThanOrEqual(20);
  });
});

describe('[INV5] whoever is over the limit', () => {
  test('is refused with a right token too, in the very same words', async () => {
    const token = await invite(sql, ana, chat);
    const guest = await createPerson(sql);
    await attempts(10, () => ({ by: guest }));
    const shapes = [];
    for (const redeem of [false, true])
      for (const each of [token, 'wrong']) {
        const { retry_after, ...rest } = await attempt({ token: each, by: guest, redeem });
        shapes.push({ ...rest, retry_after: typeof retry_after });
      }
    expect(shapes).toEqual(Array.from({ length: 4 }, () => ({ kind: 'limited', retry_after: 'number' })));
    expect(await sql`select 1 from public.members where user_id = ${guest.id}`).toHaveLength(0);
  });

  test('learns nothing from a right token among many wrong ones at once', async () => {
    const token = await invite(sql, ana, chat);
    const tenth = await hold(sql, async (tx) => {
      for (let wrong = 0; wrong < 10; wrong++)
        await tx`select private.try_invite(${randomUUID()}, null, ${seal(1)}, false)`;
    });
    const right = attempt({ token });
    await waitForBlocked(sql, 1);
    await tenth.commit();
    expect((await right).kind).toBe('limited');
  });

  test('may go on a minute after the first of the ten, one by one', async () => {
    await attempts(5);
    await pass('30 seconds');
    await attempts(5);
    expect((await attempt()).kind).toBe('limited');
    await pass('29 seconds');
    expect(await attempt()).toEqual({ kind: 'limited', retry_after: 1 });
    await pass('1 second');
    expect(await attempts(6), 'the later five still count').toEqual({ wrong: 5, limited: 1 });
    await pass('60 seconds');
    expect(await attempts(11)).toEqual({ wrong: 10, limited: 1 });
  });

  test('does not prolong the wait by trying', async () => {
    await attempts(10);
    await pass('59 seconds');
    await attempts(20);
    await pass('1 second');
    expect((await attempt()).kind).toBe('wrong');
  });
});

describe('[INV5] right tokens never count', () => {
  test('40 people who come at once from one address all get in', async () => {
    const groups = [await createGroup(sql, ana), await createGroup(sql, ana), await createGroup(sql, ana)];
    const tokens = await Promise.all(groups.map((group) => invite(sql, ana, group)));
    const people: TestPerson[] = [];
    while (people.length < 40) people.push(await createPerson(sql));
    const outcomes = await Promise.all(
      people.map(async (by, index) => {
        const token = tokens[index % 3] ?? '';
        await attempt({ token, by });
        return (await attempt({ token, by, redeem: true })).kind;
      }),
    );
    expect(tally(outcomes)).toEqual({ open: 40 });
  });

  test('also after nine wrong ones, and without forgetting them', async () => {
    const token = await invite(sql, ana, chat);
    await attempts(9);
    expect(await attempts(20, () => ({ token }))).toEqual({ open: 20 });
    expect(await attempts(2)).toEqual({ wrong: 1, limited: 1 });
  });

  test('nor does what another rule refuses: no profile yet, a group that is full', async () => {
    const token = await invite(sql, ana, chat);
    const newcomer = await createUser(sql);
    for (let tries = 0; tries < 11; tries++)
      expect(await refusal(attempt({ token, by: newcomer, redeem: true }))).toBe('SR005');
    expect((await attempt({ token, by: newcomer })).kind).toBe('open');
    const { chat: full, members } = await createCrowd(sql, 20);
    const tooMany = await invite(sql, members[0] ?? ana, full);
    for (let tries = 0; tries < 11; tries++)
      expect(await refusal(attempt({ token: tooMany, by: ben, redeem: true }))).toBe('SR003');
    expect((await attempt({ token: tooMany, by: ben })).kind).toBe('open');
  });
});

test('[INV2] [INV5] every dead token counts as a wrong one: nobody learns from the count that there was such a link', async () => {
  const expired = await invite(sql, ana, chat);
  await expire(sql, expired);
  const revoked = await invite(sql, ana, chat);
  await sql`update public.invites set revoked_at = now() where token_hash = private.hash_token(${revoked})`;
  const usedUp = await invite(sql, ana, chat, { maxUses: 1 });
  await attempt({ token: usedUp, by: await createPerson(sql), redeem: true, from: 2 });
  for (const token of [expired, revoked, usedUp]) {
    await sql`delete from private.invite_tries`;
    expect(await attempts(11, () => ({ token, by: ben }))).toEqual({ wrong: 10, limited: 1 });
  }
});

describe('[INV5] what is kept', () => {
  test('is a seal and times, no address in the clear', async () => {
    expect(await refusal(sql`select private.try_invite('t', null, '203.0.113.7', false)`)).toBe('23514');
    expect(await refusal(sql`select private.try_invite('t', null, null, false)`)).toBe('23502');
  });

  test('is gone a minute later, but for what somebody uses at that moment', async () => {
    await attempt({ by: ben });
    await attempt({ from: 2 });
    const forget = async () => (await sql`select private.forget_tries() as count`)[0]?.['count'];
    expect(await forget()).toBe(0);
    await pass('61 seconds');
    const using = await hold(sql, (tx) => tx`select private.try_invite('t', null, ${seal(2)}, false)`);
    expect(await forget()).toBe(2);
    await using.commit();
    expect(await sql`select cardinality(wrong_at) as count from private.invite_tries`).toEqual([{ count: 1 }]);
  });

  test('is swept by the database itself where it has pg_cron', async () => {
    const url = new URL('../../supabase/migrations/20261127002500_throttle.sql', import.meta.url);
    const block = /do \$outer\$[\s\S]*/
      .exec(readFileSync(url, 'utf8'))?.[0]
      .replace(/if exists \(.*\) then/, 'if true then');
    await sql.unsafe(`
      create schema cron; create table cron.jobs (name text, schedule text, command text);
      create function cron.schedule(text, text, text) returns bigint language sql as 'insert into cron.jobs values ($1, $2, $3) returning 1::bigint';
      grant usage on schema cron to postgres; grant insert on cron.jobs to postgres`);
    const migrator = postgres(migrationUrl, { max: 1 });
    await migrator.unsafe(block ?? '');
    await migrator.end();
    const [job] = await sql<{ command: string }[]>`select * from cron.jobs`;
    expect(job).toEqual({ name: 'tries-sweep', schedule: '* * * * *', command: 'select private.forget_tries()' });
    await sql.unsafe(job?.command ?? '');
  });
});
