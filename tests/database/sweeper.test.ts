import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { startSweeper } from '../../supabase/local/sweeper.ts';
import { createGroup, say } from './support/chats.ts';
import { useDatabase } from './support/database.ts';
import { createPerson } from './support/people.ts';

const { sql, adminUrl } = await useDatabase();
const ana = await createPerson(sql, 'ana');
const chat = await createGroup(sql, ana);

/** Stands for the gateway: counts what arrives, and answers as it is told to. */
const calls: IncomingMessage[] = [];
let status = 202;
const gateway = createServer((request, response) => {
  calls.push(request);
  response.statusCode = status;
  response.end('{}');
});
await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
const gatewayUrl = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;

const lines: string[] = [];
const sweep = () =>
  startSweeper({ adminUrl, gatewayUrl, secretKey: 'sb_secret_x', intervalMs: 20, log: (line) => lines.push(line) });
/** The statements that sweeps have sent so far. */
const sweeps = async () => {
  const [row] = await sql<
    { calls: number }[]
  >`select coalesce(sum(calls), 0)::int as calls from extensions.pg_stat_statements
    where query like 'select public.reply_due()%' and dbid = (select oid from pg_database where datname = current_database())`;
  return row?.calls ?? 0;
};

beforeEach(async () => {
  calls.length = 0;
  lines.length = 0;
  status = 202;
  await sql`update public.reply_jobs set state = 'done', finished_at = now(), lease_token = null, lease_until = null`;
});

afterAll(() => {
  gateway.closeAllConnections();
  gateway.close();
});

test('[AI6] a reply that nobody poked is taken up', async () => {
  const sweeper = sweep();
  await say(sql, ana, chat, '@ai hello');
  await vi.waitFor(() => expect(calls.length).toBeGreaterThan(0));
  await sweeper.stop();
  expect(calls[0]).toMatchObject({ method: 'POST', url: '/functions/v1/reply', headers: { apikey: 'sb_secret_x' } });
});

test('nothing is called while nothing is due', async () => {
  const before = await sweeps();
  const sweeper = sweep();
  await vi.waitFor(async () => expect(await sweeps()).toBeGreaterThan(before + 3));
  await sweeper.stop();
  expect(calls).toEqual([]);
});

test('a trouble is told once, and waited out', async () => {
  status = 503;
  await say(sql, ana, chat, '@ai hello again');
  const sweeper = sweep();
  await vi.waitFor(() => expect(calls.length).toBeGreaterThan(3));
  expect(lines).toEqual(['sweeper: reply answered 503']);
  status = 202;
  await vi.waitFor(() => expect(calls.length).toBeGreaterThan(8));
  await sweeper.stop();
  expect(lines).toHaveLength(1);
});

test('connections that the database ends are replaced', async () => {
  const sweeper = sweep();
  await say(sql, ana, chat, '@ai are you there?');
  await vi.waitFor(() => expect(calls.length).toBeGreaterThan(0));
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'select public.reply_due()%'`;
  calls.length = 0;
  await vi.waitFor(() => expect(calls.length).toBeGreaterThan(0));
  await sweeper.stop();
});

test('stops at once, also without a database', async () => {
  const sweeper = startSweeper({
    adminUrl: 'postgresql://x@127.0.0.1:1/x',
    gatewayUrl,
    secretKey: '',
    intervalMs: 60_000,
  });
  const started = performance.now();
  await sweeper.stop();
  expect(performance.now() - started).toBeLessThan(1_000);
});
