import { beforeEach, expect, test } from 'vitest';
import { as, SERVICE } from './support/actors.ts';
import { useDatabase } from './support/database.ts';
import { createPerson, type TestPerson } from './support/people.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const ben = await createPerson(sql, 'ben');

const seal = (number: number) => number.toString(16).padStart(64, '0');

beforeEach(async () => {
  await sql`delete from private.calls`;
  await sql`update private.call_limits set per_person = 5, per_address = 8`;
});

/** For how many seconds nothing more is taken; 0: it was. */
async function call(name: string, who: TestPerson | null, address = 1): Promise<number> {
  const [row] = await as(
    sql,
    SERVICE,
    (tx) => tx`select public.count_call(${name}, ${who?.id ?? null}, ${seal(address)}) as counted`,
  );
  return row?.counted.retry_after;
}

const calls = (count: number, each: (index: number) => Promise<number>) =>
  Promise.all(Array.from({ length: count }, (_, index) => each(index)));
const taken = (waits: readonly number[]) => waits.filter((seconds) => seconds === 0).length;
const pass = (time: string) => sql`update private.calls set busy_until = busy_until - ${time}::interval`;

test.for(['invite', 'reply', 'speech', 'copy', 'purge'])(
  '[SAFE4] of many calls of %s at once a person’s limit comes through, from wherever they come',
  async (name) => {
    const waits = await calls(12, (index) => call(name, ana, index));
    expect(taken(waits)).toBe(5);
    for (const seconds of waits.filter((each) => each > 0)) expect(seconds).toBeLessThanOrEqual(12);
    expect(await call(name, ben, 1), 'others go on').toBe(0);
  },
);

test('[SAFE4] an address has its own limit, across people and for whoever is not signed in', async () => {
  const guests = await calls(12, (index) => call('copy', index % 2 === 0 ? null : ben));
  expect(taken(guests)).toBe(8);
  expect(await call('copy', ana, 1)).toBeGreaterThan(0);
  expect(await call('copy', ana, 2)).toBe(0);
  expect(await call('reply', ana, 1), 'each function by itself').toBe(0);
});

test('[SAFE4] whoever waits as long as they were told is taken again, and no stored-up calls come of waiting longer', async () => {
  await calls(5, () => call('copy', ana));
  const seconds = await call('copy', ana, 2);
  expect(seconds).toBe(12);
  await pass('12 seconds');
  expect([await call('copy', ana, 3), await call('copy', ana, 4)]).toEqual([0, 12]);
  await pass('1 hour');
  expect(taken(await calls(9, (index) => call('copy', ana, 10 + index)))).toBe(5);
});

test('[SAFE4] what is kept is a seal or an id, and goes when it no longer counts', async () => {
  await call('copy', ana);
  const [{ count } = { count: 0 }] = await sql<{ count: number }[]>`select private.forget_tries() as count`;
  expect(count).toBe(0);
  await pass('1 minute');
  expect(await sql`select private.forget_tries() as count`).toEqual([{ count: 2 }]);
  expect(await sql`select relpersistence from pg_class where relname = 'calls'`).toEqual([{ relpersistence: 'u' }]);
});
