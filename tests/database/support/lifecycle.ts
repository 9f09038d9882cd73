import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { vi } from 'vitest';
import { lookUpProcess } from '../../../supabase/local/postgres/process-table.ts';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));

/** Somebody else who started a Postgres. */
export interface Starter {
  readonly pid: number;
  readonly url: string;
  /** Of the postmaster. */
  readonly server: number;
  readonly supervisor: number;
  /** Lets it stop in order. */
  stop(): Promise<void>;
}

export interface StarterOptions {
  /** The project's folder, or a copy of it. */
  readonly project?: string;
  /** Whom to run it as. */
  readonly uid?: number;
}

/** Starts Postgres on a folder from a process of its own; rejects with what that said when it failed. */
export async function startElsewhere(
  folder: string,
  { project = PROJECT, uid }: StarterOptions = {},
): Promise<Starter> {
  const script = `${project}/tests/support/postgres-child.ts`;
  const child = spawn(process.execPath, [script, folder], {
    ...(uid !== undefined && { uid, gid: uid }),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const url = await readAddress(child);
  const server = await postmasterOf(url);
  const supervisor = lookUpProcess(server)?.parent;
  if (child.pid === undefined || supervisor === undefined) throw new Error('it ended at once');
  return {
    pid: child.pid,
    url,
    server,
    supervisor,
    async stop() {
      const exited = once(child, 'exit');
      child.stdin?.end();
      await exited;
    },
  };
}

async function readAddress({ stdout, stderr }: ChildProcess): Promise<string> {
  if (stdout === null || stderr === null) throw new Error('no output');
  let complaints = '';
  stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  for await (const line of createInterface({ input: stdout })) return (JSON.parse(line) as { url: string }).url;
  throw new Error(complaints);
}

/** Asks the server itself where its data are, and the file there for its process. */
async function postmasterOf(url: string): Promise<number> {
  const folder = await query(url, (sql) => sql<{ data_directory: string }[]>`show data_directory`);
  return Number.parseInt(readFileSync(`${folder[0]?.data_directory}/postmaster.pid`, 'utf8'), 10);
}

/** Runs one query on a connection of its own. */
export async function query<T>(url: string, ask: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await ask(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Resolves when no process has one of these ids any more. */
export async function waitUntilGone(...pids: readonly number[]): Promise<void> {
  await vi.waitUntil(() => pids.every((pid) => lookUpProcess(pid) === null), { timeout: 30_000, interval: 20 });
}
