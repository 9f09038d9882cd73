import { readFileSync } from 'node:fs';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { lookUpProcess } from '../../supabase/local/postgres/process-table.ts';
import { type Stack, startStack } from '../../supabase/local/stack.ts';
import { temporaryFolder } from '../support/folders.ts';

/** A stack of their own: its parts are killed here. */
const folder = temporaryFolder();
const PATIENCE = { timeout: 20_000, interval: 25 };
const log: string[] = [];

let stack: Stack;
let ana: SupabaseClient;

beforeAll(async () => {
  stack = await startStack({ dataDir: folder.path, functions: false, log: (line) => log.push(line) });
  ana = createClient(stack.url, stack.publishableKey, { auth: { persistSession: false, autoRefreshToken: false } });
  const { error } = await ana.auth.signUp({ email: 'ana@example.test', password: 'correct horse' });
  if (error) throw error;
});

afterAll(async () => {
  await stack?.stop();
  folder.remove();
});

const ownAccount = () => ana.from('accounts').select('plan');
const FREE = { data: [{ plan: 'free' }], error: null };

/** How the opening of a websocket ends: open, or the HTTP status of the refusal. */
function openSocket(): Promise<WebSocket | number> {
  const url = `${stack.url.replace('http', 'ws')}/realtime/v1/websocket?apikey=${stack.publishableKey}&vsn=2.0.0`;
  const socket = new WebSocket(url);
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
    socket.once('error', reject);
  });
}

async function postmaster(): Promise<number> {
  const sql = postgres(stack.adminUrl, { max: 1 });
  const [row] = await sql<{ data_directory: string }[]>`show data_directory`;
  await sql.end();
  return Number.parseInt(readFileSync(`${row?.data_directory}/postmaster.pid`, 'utf8'), 10);
}

describe('without its database', () => {
  test('the stack says that it is away, and goes on by itself once it is back', async () => {
    expect(await ownAccount()).toMatchObject(FREE);
    await stack.kill('postgres');
    expect(await ownAccount()).toMatchObject({ status: 503, error: { message: expect.stringContaining('Try again') } });
    expect((await ana.auth.getUser()).error).toMatchObject({ status: 503 });
    expect(await openSocket()).toBe(503);
    expect((await fetch(`${stack.url}/welcome`)).status).toBe(200);
    await stack.restart('postgres');
    expect(await ownAccount()).toMatchObject(FREE);
    expect((await ana.auth.refreshSession()).error).toBeNull();
  });

  test('that died by itself, the stack starts it again', async () => {
    const before = await postmaster();
    process.kill(before, 'SIGKILL');
    await vi.waitUntil(() => log.includes('postgres: it ended by itself and is started again'), PATIENCE);
    await vi.waitUntil(async () => (await ownAccount()).error === null, PATIENCE);
    expect(await postmaster()).not.toBe(before);
  });

  test('requests under way are answered or told to come again, and those after them are served', async () => {
    const { data } = await ana.auth.getSession();
    const ours = { apikey: stack.publishableKey, authorization: `Bearer ${data.session?.access_token}` };
    const paths = [
      ['/rest/v1/accounts?select=plan', ours],
      ['/rest/v1/rpc/username_available?p_username=somebody', ours],
      ['/auth/v1/user', ours],
      ['/auth/v1/admin/users', { apikey: stack.secretKey }],
      ['/storage/v1/bucket', { apikey: stack.secretKey }],
    ] as const;
    // Not by the client: it would try again by itself, and hide how the first attempt ended.
    const read = async ([path, headers]: (typeof paths)[number]) =>
      `${(await fetch(`${stack.url}${path}`, { headers })).status} ${path}`;
    const ask = () => Promise.all([...paths, ...paths, ...paths, ...paths].map(read));
    for (let round = 0; round < 3; round++) {
      const asked = ask();
      await stack.kill('postgres');
      expect((await asked).filter((answer) => !/^(200|503) /.test(answer))).toEqual([]);
      await stack.restart('postgres');
      expect((await ask()).filter((answer) => !answer.startsWith('200 '))).toEqual([]);
    }
  });
});

describe('without a part', () => {
  test('Realtime: its sockets break, the tables stay', async () => {
    const socket = await openSocket();
    if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await stack.kill('realtime');
    await closed;
    expect(await openSocket()).toBe(503);
    expect(await ownAccount()).toMatchObject(FREE);
    await stack.restart('realtime');
    const again = await openSocket();
    expect(again).toBeInstanceOf(WebSocket);
    if (typeof again !== 'number') again.terminate();
  });

  test('the gateway: nothing answers, and the same address does afterwards', async () => {
    const socket = await openSocket();
    if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await stack.kill('gateway');
    await closed;
    await expect(fetch(`${stack.url}/welcome`)).rejects.toThrow('fetch failed');
    await stack.restart('gateway');
    expect(await ownAccount()).toMatchObject(FREE);
  });
});

describe('the end', () => {
  test('comes within 3 seconds, leaves no process, and keeps the data', async () => {
    const dataDir = temporaryFolder();
    const first = await startStack({ dataDir: dataDir.path, functions: false });
    const sql = postgres(first.adminUrl, { max: 1 });
    await sql`create table note as select 'still here' as text`;
    const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
    const server = lookUpProcess(row?.pid ?? 0)?.parent ?? 0;
    const started = performance.now();
    await Promise.all([first.stop(), first.stop()]);
    expect(performance.now() - started).toBeLessThan(3_000);
    await sql.end({ timeout: 0 });
    expect(lookUpProcess(server)).toBeNull();

    const second = await startStack({ dataDir: dataDir.path, functions: false });
    expect(second.secretKey).toBe(first.secretKey);
    const again = postgres(second.adminUrl, { max: 1 });
    expect([...(await again`select text from note`)]).toEqual([{ text: 'still here' }]);
    await again.end();
    await second.stop();
    dataDir.remove();
  });

  test('of a start that meets an obstacle leaves nothing behind', async () => {
    const dataDir = temporaryFolder();
    const postgresPort = Number(new URL(stack.adminUrl).port);
    await expect(
      startStack({ dataDir: dataDir.path, ports: { postgres: postgresPort }, functions: false }),
    ).rejects.toThrow(`Port ${postgresPort}, meant for Postgres, is in use`);
    const gateway = Number(new URL(stack.url).port);
    await expect(startStack({ dataDir: dataDir.path, ports: { gateway }, functions: false })).rejects.toThrow(
      `Port ${gateway}, meant for Sideroom, is in use`,
    );
    dataDir.remove();
  });
});

test('nothing that was logged holds a secret', () => {
  const secrets = [stack.secretKey, stack.jwtSecret, new URL(stack.adminUrl).password, 'ana@example.test'];
  for (const line of log) for (const secret of secrets) expect(line).not.toContain(secret);
});
