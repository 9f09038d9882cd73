import type { ReservedSql, Sql } from 'postgres';
import { newId } from '../lib/model/ids.ts';
import { createPerson } from '../tests/database/support/people.ts';
import type { Bench } from './support/bench.ts';
import { createGroups } from './support/chats.ts';
import { connectTo } from './support/own-database.ts';

const CONNECTIONS = 8;
const GROUPS = 200;
const INSERTS = 2_000;
const ROUNDS = 5;

/** Inserts a row, the n-th of all, over one of the connections. */
type Insert = (connection: ReservedSql, n: number) => Promise<unknown>;

/** Messages per second that the database takes, beside as many rows into a table that does nothing but hold them. */
export const throughput: Bench = async ({ adminUrl, progress }) => {
  const sql = connectTo(adminUrl);
  const writers = connectTo(adminUrl);
  const connections: ReservedSql[] = [];
  try {
    const members = await Promise.all(Array.from({ length: CONNECTIONS }, () => createPerson(sql, 'writer')));
    const ids = members.map(({ id }) => id);
    const [hot = '', ...groups] = await createGroups(sql, ids, GROUPS + 1);
    await sql`create schema bench`;
    await sql`create table bench.messages as table public.messages with no data`;
    await sql`grant usage on schema bench to authenticated`;
    await sql`grant insert on bench.messages to authenticated`;
    for (const id of ids) connections.push(await reserveAs(writers, id));

    const into = (chat: (n: number) => string): Insert => {
      return (connection, n) =>
        connection`insert into public.messages (id, chat_id, body) values (${newId()}, ${chat(n)}, ${`message ${n}`})`;
    };
    const bare: Insert = (connection, n) =>
      connection`insert into bench.messages (id, chat_id, body) values (${newId()}, ${hot}, ${`message ${n}`})`;
    const ways = {
      serialFloor: { insert: bare, over: connections.slice(0, 1) },
      parallelFloor: { insert: bare, over: connections },
      hot: { insert: into(() => hot), over: connections },
      spread: { insert: into((n) => groups[n % GROUPS] ?? ''), over: connections },
    };
    const rates: Record<keyof typeof ways, number[]> = { serialFloor: [], parallelFloor: [], hot: [], spread: [] };
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [name, { insert, over }] of Object.entries(ways) as [keyof typeof ways, Way][]) {
        progress(`throughput ${round}/${ROUNDS}: ${name}`);
        const rate = await measureRate(insert, over);
        if (round > 0) rates[name].push(rate);
      }
    }
    return { title: 'Writing', lines: report(rates) };
  } finally {
    await writers.end({ timeout: 1 });
    await sql`drop schema if exists bench cascade`;
    await sql.end({ timeout: 1 });
  }
};

interface Way {
  readonly insert: Insert;
  readonly over: readonly ReservedSql[];
}

/** A connection that speaks as this person until it is closed. */
async function reserveAs(sql: Sql, id: string): Promise<ReservedSql> {
  const connection = await sql.reserve();
  const claims = JSON.stringify({ role: 'authenticated', sub: id });
  await connection`select set_config('request.jwt.claims', ${claims}, false), set_config('role', 'authenticated', false)`;
  return connection;
}

/** Rows per second, each in a transaction of its own; every connection has one under way. */
async function measureRate(insert: Insert, over: readonly ReservedSql[]): Promise<number> {
  let next = 0;
  const start = performance.now();
  await Promise.all(
    over.map(async (connection) => {
      for (let n = next++; n < INSERTS; n = next++) await insert(connection, n);
    }),
  );
  return (INSERTS * 1000) / (performance.now() - start);
}

function report(
  rates: Readonly<Record<'serialFloor' | 'parallelFloor' | 'hot' | 'spread', readonly number[]>>,
): string[] {
  const median = (list: readonly number[]) =>
    [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;
  const line = (name: string, list: readonly number[]) =>
    `| ${name} | ${ROUNDS} × ${INSERTS} | ${median(list).toFixed(0)} | ${Math.min(...list).toFixed(0)} to ${Math.max(...list).toFixed(0)} |`;
  const { serialFloor, parallelFloor, hot, spread } = rates;
  const share = (a: readonly number[], b: readonly number[]) => (median(a) / median(b)).toFixed(2);
  return [
    '| what | n | rows/s, median | range |',
    '|---|---|---|---|',
    line('floor, bare table, 1 connection', serialFloor),
    line(`floor, bare table, ${CONNECTIONS} connections`, parallelFloor),
    line(`one group, ${CONNECTIONS} members at once`, hot),
    line(`${GROUPS} groups, ${CONNECTIONS} members at once`, spread),
    '',
    `Each row is a transaction with fsync, as a member. A message is row-level security, seven triggers, five indexes (one of them for the search), the chat's seq, the log and the broadcast, which Realtime reads along. About half of its time in the server is the log and the broadcast. One group: ${share(hot, serialFloor)} × the floor of one connection, since its chat's lock lets one message commit at a time. ${GROUPS} groups: ${share(spread, parallelFloor)} × the floor of ${CONNECTIONS} connections, ${share(spread, hot)} × one group.`,
  ];
}
