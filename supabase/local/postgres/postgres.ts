import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { initialise } from './initialise.ts';
import { endLeftover } from './leftover.ts';
import { place } from './placement.ts';
import { claimPort } from './port.ts';
import { systemUser } from './system-user.ts';

export interface PostgresOptions {
  /** Folder for the cluster; made when missing. */
  readonly folder: string;
  /** 0: any free one. */
  readonly port: number;
  /** Of the roles `supabase_admin` and `postgres`. Fixed when the cluster is made. */
  readonly password: string;
  /** True keeps what was committed through a crash of the machine; false is for tests. */
  readonly durable: boolean;
}

export interface Postgres {
  readonly port: number;
  /** Connection string of the superuser. */
  adminUrl(database?: string): string;
  /** Connection string of `postgres`, which migrates: no superuser, as on hosted projects. */
  migrationUrl(database?: string): string;
  /** Settles when the server ends, whoever ended it. */
  readonly ended: Promise<void>;
  /** Fast shutdown. Settles when the process is gone. */
  stop(): Promise<void>;
  /** For fault tests: kill -9 of the postmaster. */
  kill(): Promise<void>;
}

/** Starts Postgres 17 on loopback. Takes over a cluster that a killed run left behind, running or not. */
export async function startPostgres({ folder, port: wish, password, durable }: PostgresOptions): Promise<Postgres> {
  const user = systemUser();
  const { binFolder, clusterFolder } = place(folder, user);
  await endLeftover(clusterFolder);
  if (!existsSync(join(clusterFolder, 'PG_VERSION'))) await initialise({ binFolder, clusterFolder, password, user });
  const port = await claimPort(wish, 'Postgres');

  const order = {
    command: join(binFolder, 'postgres'),
    args: ['-D', clusterFolder, ...settings(port, durable)],
    ...user,
  };
  const supervisor = spawn(
    process.execPath,
    [fileURLToPath(new URL('supervisor.ts', import.meta.url)), JSON.stringify(order)],
    {
      detached: true,
      stdio: ['pipe', 'ignore', 'pipe'],
    },
  );
  let complaints = '';
  supervisor.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-4000);
  });
  let running = true;
  const ended = once(supervisor, 'exit').then(() => {
    running = false;
  });

  const url = (role: string, database: string) => `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;
  const adminUrl = (database = 'postgres') => url('supabase_admin', database);
  await waitUntilReady(
    adminUrl('template1'),
    () => running,
    () => complaints,
  );

  return {
    port,
    adminUrl,
    migrationUrl: (database = 'postgres') => url('postgres', database),
    ended,
    async stop() {
      supervisor.stdin.end();
      await ended;
    },
    async kill() {
      process.kill(Number.parseInt(readFileSync(join(clusterFolder, 'postmaster.pid'), 'utf8'), 10), 'SIGKILL');
      await ended;
    },
  };
}

function settings(port: number, durable: boolean): string[] {
  const values: Record<string, string | number> = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    max_connections: 200,
    shared_preload_libraries: 'pg_stat_statements',
    wal_level: 'logical',
    max_slot_wal_keep_size: '1GB',
    fsync: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    // Off would let a commit reach the WAL reader only after a while.
    synchronous_commit: 'on',
    // Statements and parameters hold what people write: they are never logged.
    log_min_error_statement: 'panic',
    log_parameter_max_length: 0,
    log_parameter_max_length_on_error: 0,
    log_min_messages: 'fatal',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function waitUntilReady(url: string, isRunning: () => boolean, complaints: () => string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (!isRunning()) throw new Error(`Postgres did not start. It said:\n${complaints()}`);
    const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} });
    try {
      await sql`select 1`;
      return;
    } catch {
      // Not listening yet, or still recovering.
      await wait(25);
    } finally {
      await sql.end({ timeout: 0 }).catch(() => {});
    }
  }
  throw new Error(`Postgres did not become ready within 15 seconds. It said:\n${complaints()}`);
}
