import { randomUUID } from 'node:crypto';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { prepareDatabase } from '../../supabase/local/database/prepare.ts';
import { type Postgres, startPostgres } from '../../supabase/local/postgres/postgres.ts';
import { createRealtime } from '../../supabase/local/realtime/server.ts';
import { temporaryFolder } from '../support/folders.ts';
import { listen } from '../support/realtime/channels.ts';
import { openWire } from '../support/realtime/wire.ts';
import { connect } from './support/realtime/client.ts';
import { KEYS, type Person, signIn } from './support/realtime/people.ts';
import { createSeats, publish, seat } from './support/realtime/seats.ts';
import { startServer, type TestServer } from './support/realtime/server.ts';

const PASSWORD = 'test';
const PATIENCE = { timeout: 20_000 };
const folder = temporaryFolder();
let cluster: Postgres;
let sql: Sql;
let server: TestServer;
let ana: Person;
let topic: string;

const startCluster = (port: number) => startPostgres({ folder: folder.path, port, password: PASSWORD, durable: false });

beforeAll(async () => {
  cluster = await startCluster(0);
  const [adminUrl, migrationUrl] = [cluster.adminUrl(), cluster.migrationUrl()];
  await prepareDatabase({ adminUrl, migrationUrl, password: PASSWORD });
  sql = postgres(adminUrl, { onnotice: () => {}, max: 4 });
  await createSeats(sql);
  server = await startServer(adminUrl);
  ana = await signIn();
});

afterAll(async () => {
  await server.stop();
  await sql.end();
  await cluster.stop();
  folder.remove();
});

beforeEach(async () => {
  topic = `room:${randomUUID()}`;
  await seat(sql, topic, [ana]);
});

/** A joined connection, and the events of the broadcasts that it heard. */
async function openJoined() {
  const wire = await openWire(server);
  await wire.join(topic, ana.token);
  const events = () =>
    wire.received.filter(Buffer.isBuffer).map((frame) => /room:[\w-]{36}([a-z ]+)\{/.exec(String(frame))?.[1]);
  return { wire, events };
}

const findSenders = async () =>
  (await sql<{ pid: number }[]>`select pid from pg_stat_replication`).map(({ pid }) => pid);
const streamIsOpen = async () => (await sql`select from pg_replication_slots where active and temporary`).length === 1;

test('[MSG3] a walsender that is ended is followed by another; what came between is lost without a word', async () => {
  const { wire, events } = await openJoined();
  await publish(sql, topic, 'before', {});
  await expect.poll(events).toEqual(['before']);
  const [old] = await findSenders();
  await sql.begin(async (tx) => {
    await publish(tx, topic, 'between', {});
    await tx`select pg_terminate_backend(${old ?? 0})`;
    await expect.poll(findSenders).not.toContain(old);
  });
  await expect.poll(streamIsOpen, PATIENCE).toBe(true);
  await publish(sql, topic, 'after', {});
  await expect.poll(events, PATIENCE).toEqual(['before', 'after']);
  expect(
    wire.received.filter((frame) => !Buffer.isBuffer(frame)),
    'the answer to the join, and no notice',
  ).toHaveLength(1);
});

test('[MSG3] connections outlive a crash of Postgres, are told that it is away when they ask, and hear again', async () => {
  const { wire, events } = await openJoined();
  await cluster.kill();
  const away = await wire.join(`${topic}:other`, ana.token);
  expect(away.response.reason).toContain('unable to connect to the project database');
  expect(await wire.settle()).toEqual([]);
  cluster = await startCluster(cluster.port);
  await expect.poll(streamIsOpen, PATIENCE).toBe(true);
  await publish(sql, topic, 'again', {});
  await expect.poll(events, PATIENCE).toEqual(['again']);
  await seat(sql, `${topic}:other`, [ana]);
  expect(await wire.join(`${topic}:other`, ana.token)).toMatchObject({ status: 'ok' });
});

test('a Postgres that is asked to stop is not held up by the stream, and connections outlive that too', async () => {
  const { events } = await openJoined();
  const asked = performance.now();
  await cluster.stop();
  // A walsender whose reader does not confirm everything holds the shutdown up until it is killed, after five seconds.
  expect(performance.now() - asked).toBeLessThan(3_000);
  cluster = await startCluster(cluster.port);
  await expect.poll(streamIsOpen, PATIENCE).toBe(true);
  await publish(sql, topic, 'again', {});
  await expect.poll(events, PATIENCE).toEqual(['again']);
});

test('[MSG3] after a restart of the server clients come back and join by themselves', async () => {
  const client = await connect(server, ana);
  const channel = client.channel(topic, { config: { private: true } });
  const heard = listen(channel);
  const statuses: string[] = [];
  channel.subscribe((status) => void statuses.push(status));
  await expect.poll(() => statuses).toEqual(['SUBSCRIBED']);
  await server.stop();
  await expect.poll(() => statuses).toContain('CHANNEL_ERROR');
  await server.start();
  await expect.poll(() => statuses.at(-1), PATIENCE).toBe('SUBSCRIBED');
  expect(statuses).not.toContain('CLOSED');
  await publish(sql, topic, 'welcome back', {});
  await expect.poll(() => heard.map(({ event }) => event)).toEqual(['welcome back']);
});

test('a server that stops says so, closes its sockets and leaves nothing in Postgres', async () => {
  const { wire } = await openJoined();
  await server.stop();
  expect(await wire.closed).toEqual({ code: 1012 });
  expect(wire.received.at(-1)).toMatchObject(['1', null, `realtime:${topic}`, 'system', { status: 'ok' }]);
  const findOurs = () => sql`select from pg_stat_activity where application_name like 'sideroom realtime%'`;
  await expect.poll(async () => (await findOurs()).length).toBe(0);
  await expect.poll(streamIsOpen).toBe(false);
  await server.start();
});

test('a server does not start without Postgres, nor without the realtime schema', async () => {
  const start = (adminUrl: string) => createRealtime({ adminUrl, ...KEYS, log: () => {} });
  await expect(start('postgresql://supabase_admin:x@127.0.0.1:1/postgres')).rejects.toThrow('ECONNREFUSED');
  await sql`create database empty`;
  await expect(start(cluster.adminUrl('empty'))).rejects.toThrow('realtime');
  await expect.poll(streamIsOpen).toBe(true);
});
