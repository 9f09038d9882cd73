import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { initialise } from './initialise.ts';
import { endLeftover } from './leftover.ts';
import { place } from './placement.ts';
import { claimPort } from './port.ts';
import { launchServer, type ServerOrder, type ServerProcess } from './server-process.ts';
import { postgresSettings } from './settings.ts';
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

/**
 * Starts Postgres 17 on loopback, under a supervisor that ends it with us. Takes over a cluster that a killed run left behind,
 * running or not; rejects with a sentence when the cluster or the port belongs to somebody who is alive.
 */
export async function startPostgres({ folder, port: wish, password, durable }: PostgresOptions): Promise<Postgres> {
  const user = systemUser();
  const { binFolder, clusterFolder } = place(folder, user);
  await endLeftover(clusterFolder);
  if (!existsSync(join(clusterFolder, 'PG_VERSION'))) await initialise({ binFolder, clusterFolder, password, user });
  const port = await claimPort(wish, 'Postgres');
  const url = (role: string, database: string) => `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;
  const server = await launch({
    command: join(binFolder, 'postgres'),
    args: ['-D', clusterFolder, ...postgresSettings(port, durable)],
    user,
    url: url('supabase_admin', 'template1'),
  });
  return {
    port,
    adminUrl: (database = 'postgres') => url('supabase_admin', database),
    migrationUrl: (database = 'postgres') => url('postgres', database),
    ended: server.ended,
    stop: server.stop,
    async kill() {
      process.kill(Number.parseInt(readFileSync(join(clusterFolder, 'postmaster.pid'), 'utf8'), 10), 'SIGKILL');
      await server.ended;
    },
  };
}

const CHILDREN_MS = 5_000;

/** The children of a server that was killed outright need a moment to see it, and until then hold its shared memory. */
async function launch(order: ServerOrder): Promise<ServerProcess> {
  for (const deadline = Date.now() + CHILDREN_MS; ; await wait(100)) {
    try {
      return await launchServer(order);
    } catch (error) {
      const held = error instanceof Error && error.message.includes('pre-existing shared memory block');
      if (!held || Date.now() > deadline) throw error;
    }
  }
}
