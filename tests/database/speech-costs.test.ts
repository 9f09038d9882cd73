import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { as, SERVICE } from './support/actors.ts';
import { createSolo } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson } from './support/people.ts';
import { ask, claim } from './support/replies.ts';

const { sql } = await useDatabase();
const ana = await createPerson(sql, 'ana');

afterEach(async () => {
  await sql`delete from private.model_prices`;
  await sql`update private.spending set daily_micros = null, reserve_micros = 10000`;
  for (const table of ['model_use', 'daily_spend', 'set_asides']) await sql.unsafe(`delete from private.${table}`);
});

const USE = { model: 'hear', input_tokens: 2_000, output_tokens: 100, seconds: null };
const begin = async (id: string = randomUUID()) => {
  const [row] = await as(
    sql,
    SERVICE,
    (tx) => tx<{ it: { begun: boolean } }[]>`select public.begin_speech(${id}) as it`,
  );
  return { id, begun: row?.it.begun };
};
const end = (id: string, use: object | null) =>
  as(sql, SERVICE, (tx) => tx`select public.end_speech(${id}, ${use === null ? null : JSON.stringify(use)})`);
const limit = (daily: number, reserve = 1_000) =>
  sql`update private.spending set daily_micros = ${daily}, reserve_micros = ${reserve}`;
const price = (row: object) =>
  sql`insert into private.model_prices ${sql({ input_micros: 0, output_micros: 0, ...row })}`;
const spent = async () => Number((await sql`select sum(micros) as micros from private.daily_spend`)[0]?.micros ?? 0);

async function costOf(use: object): Promise<number | null> {
  const { id } = await begin();
  await end(id, use);
  const [row] = await sql<
    { cost: string | null }[]
  >`select cost_micros as cost from private.model_use where id = ${id}`;
  return row?.cost == null ? null : Number(row.cost);
}

describe('[AI10] what a recording cost', () => {
  test('is by tokens or by time, as its service counts, by the name of the model before the slot', async () => {
    await price({ model: 'speech', input_micros: 9, minute_micros: 9 });
    await price({ model: 'hear', input_micros: 1_000_000, output_micros: 5_000_000, minute_micros: 6_000 });
    expect(await costOf(USE)).toBe(2_500);
    expect(await costOf({ ...USE, input_tokens: null, output_tokens: null, seconds: 7.5 })).toBe(750);
    expect(await costOf({ ...USE, model: 'other', input_tokens: null, output_tokens: null, seconds: 60 })).toBe(9);
  });

  test('is unknown without a price or a count, and then counts as what is set aside', async () => {
    expect(await costOf(USE)).toBeNull();
    await price({ model: 'hear', input_micros: 1_000_000 });
    expect(await costOf({ ...USE, input_tokens: null })).toBeNull();
    expect(await costOf({ ...USE, seconds: 60 })).toBeNull();
    expect(await spent()).toBe(30_000);
  });

  test('counts once for its id, and nothing where nothing was used', async () => {
    await price({ model: 'hear', input_micros: 1_000_000 });
    const { id } = await begin();
    await end(id, USE);
    await end(id, USE);
    const { id: free } = await begin();
    await end(free, null);
    expect(await spent()).toBe(2_000);
  });
});

describe('[AI10] recordings stand under the money of a day', () => {
  test('of many at once no more begin than there is money for', async () => {
    await limit(7_000);
    const begun = await Promise.all(Array.from({ length: 30 }, () => begin()));
    expect(begun.filter((each) => each.begun)).toHaveLength(7);
  });

  test('what one really cost takes the place of what was set aside for it', async () => {
    await price({ model: 'hear', input_micros: 1_000_000 });
    await limit(4_000, 2_000);
    const [first, second] = [await begin(), await begin()];
    expect((await begin()).begun).toBe(false);
    await end(first.id, { ...USE, input_tokens: 500 });
    await end(second.id, null);
    expect(await spent()).toBe(500);
    expect((await begin()).begun).toBe(true);
  });

  test('one whose worker died has spent what was set aside', async () => {
    await limit(1_000);
    expect((await begin()).begun).toBe(true);
    expect((await begin()).begun).toBe(false);
  });

  test('answers and recordings draw on the same money', async () => {
    await limit(1_000);
    const { id } = await begin();
    const chat = await createSolo(sql, ana);
    await ask(sql, ana, chat, 'hello');
    expect((await claim(sql, chat))?.lease).toBeNull();
    await end(id, null);
    await ask(sql, ana, chat, 'hello again');
    expect((await claim(sql, chat))?.lease).not.toBeNull();
    expect((await begin()).begun).toBe(false);
  });

  test('what is given back on the next day is given back to its own', async () => {
    await limit(5_000);
    const { id } = await begin();
    await sql`update private.set_asides set day = day - 1`;
    await sql`update private.daily_spend set day = day - 1`;
    await end(id, null);
    expect((await sql`select micros::int from private.daily_spend`).map(({ micros }) => micros)).toEqual([0]);
  });
});
