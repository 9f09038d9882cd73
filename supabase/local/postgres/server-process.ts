import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { SystemUser } from './system-user.ts';

export interface ServerOrder {
  readonly command: string;
  readonly args: readonly string[];
  readonly user: SystemUser | undefined;
  /** Connection string by which to see whether it is ready. */
  readonly url: string;
}

export interface ServerProcess {
  /** Settles when the server ends, whoever ended it. */
  readonly ended: Promise<void>;
  /** Fast shutdown. Settles when the process is gone. */
  stop(): Promise<void>;
}

const SUPERVISOR = fileURLToPath(new URL('supervisor.ts', import.meta.url));
const READY_MS = 20_000;
const STEP_MS = 25;

/** Starts the server under its supervisor. Resolves once it takes connections; rejects with its own words when it ends before. */
export async function launchServer({ command, args, user, url }: ServerOrder): Promise<ServerProcess> {
  const supervisor = spawn(
    process.execPath,
    [SUPERVISOR, JSON.stringify({ command, args, ...user, starter: process.pid })],
    {
      detached: true,
      stdio: ['pipe', 'ignore', 'pipe'],
    },
  );
  // It may be gone already; its exit tells all there is to know.
  supervisor.stdin.on('error', () => undefined);
  let words = '';
  supervisor.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-4000);
  });
  let running = true;
  const ended = once(supervisor, 'exit').then(() => {
    running = false;
  });
  const stop = async () => {
    supervisor.stdin.end();
    await ended;
  };

  try {
    for (const deadline = Date.now() + READY_MS; !(await answers(url)); await wait(STEP_MS)) {
      if (!running) throw new Error(`Postgres did not start. It said:\n${words}`);
      if (Date.now() > deadline) throw new Error(`Postgres did not become ready in time. It said:\n${words}`);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { ended, stop };
}

/** Whether the server takes connections. Rejects when it refuses ours for good. */
async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  // Told here a second time what the calls below reject with.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === '28P01') {
      throw new Error('The keys of this data folder do not fit its database. Put the right ones back, or begin anew.');
    }
    // Not listening yet, or still recovering.
    return false;
  } finally {
    await client.end();
  }
}
