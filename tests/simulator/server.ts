import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';

const CHILD = fileURLToPath(new URL('../support/stack-child.ts', import.meta.url));

export interface Facts {
  readonly url: string;
  readonly publishableKey: string;
  readonly secretKey: string;
  readonly adminUrl: string;
}

/** The embedded stack in a process of its own, on one folder and one address for good. */
export interface Server extends Facts {
  /** A connection of the superuser to the present Postgres. */
  readonly sql: postgres.Sql;
  /** kill -9 of Postgres and of the process with gateway and Realtime, and a new start on what they left. */
  crash(): Promise<void>;
  /** Ends the connection by which Realtime hears of changes; every socket and every topic stays open. */
  endWalsender(): Promise<void>;
  stop(): Promise<void>;
}

export async function startServer(dataDir: string): Promise<Server> {
  let { child, facts } = await launch(dataDir, '0');
  const { port } = new URL(facts.url);
  let sql = connect(facts);

  return {
    ...facts,
    get sql() {
      return sql;
    },
    async crash() {
      const ended = once(child, 'exit');
      killPostgres(dataDir);
      child.kill('SIGKILL');
      await ended;
      await sql.end({ timeout: 0 }).catch(() => {});
      ({ child, facts } = await launch(dataDir, port));
      sql = connect(facts);
    },
    async endWalsender() {
      await sql`select pg_terminate_backend(pid) from pg_stat_replication`;
    },
    async stop() {
      await sql.end({ timeout: 1 }).catch(() => {});
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

async function launch(dataDir: string, port: string): Promise<{ child: ChildProcess; facts: Facts }> {
  const child = fork(CHILD, [dataDir, port], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The stack ended before it served (code ${code}).`);
  });
  const [facts] = await Promise.race([once(child, 'message'), ended]);
  ended.catch(() => {});
  return { child, facts: facts as Facts };
}

function connect({ adminUrl }: Facts): postgres.Sql {
  return postgres(adminUrl, { max: 4, onnotice: () => {} });
}

function killPostgres(dataDir: string): void {
  const file = join(dataDir, 'postgres', 'postmaster.pid');
  if (existsSync(file)) process.kill(Number.parseInt(readFileSync(file, 'utf8'), 10), 'SIGKILL');
}
