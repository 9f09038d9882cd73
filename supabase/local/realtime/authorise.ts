import { randomUUID } from 'node:crypto';
import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { isUnavailable } from '../is-unavailable.ts';
import type { Caller } from './callers.ts';
import { databaseUnavailable } from './database.ts';

export type Extension = 'broadcast' | 'presence';

/**
 * Asks the policies on `realtime.messages` themselves. Each question runs in a transaction that is always rolled back, so
 * asking leaves nothing behind. A policy that fails counts as "no"; a database that is away throws a Refusal.
 */
export interface Authoriser {
  /** Which of these extensions the caller may receive on the topic. */
  readable(caller: Caller, topic: string, extensions: readonly Extension[]): Promise<ReadonlySet<Extension>>;
  /** Whether the caller may send on the topic. */
  writable(caller: Caller, topic: string, extension: Extension): Promise<boolean>;
}

const INSERT = 'insert into realtime.messages (id, topic, extension) values ($1, $2, $3)';
const INSUFFICIENT_PRIVILEGE = '42501';

export function createAuthoriser({ pool, log }: { pool: Pool; log: (line: string) => void }): Authoriser {
  return {
    readable: (caller, topic, extensions) =>
      ask(pool, log, new Set<Extension>(), async (client) => {
        const probes = new Map(extensions.map((extension) => [randomUUID() as string, extension]));
        for (const [id, extension] of probes) await client.query(INSERT, [id, topic, extension]);
        await become(client, caller, topic);
        const seen = await client.query<{ id: string }>('select id from realtime.messages where id = any ($1)', [
          [...probes.keys()],
        ]);
        return new Set(seen.rows.flatMap(({ id }) => probes.get(id) ?? []));
      }),
    writable: (caller, topic, extension) =>
      ask(pool, log, false, async (client) => {
        await become(client, caller, topic);
        await client.query(INSERT, [randomUUID(), topic, extension]);
        return true;
      }),
  };
}

async function ask<T>(pool: Pool, log: (line: string) => void, no: T, question: (client: PoolClient) => Promise<T>) {
  try {
    return await rolledBack(pool, question);
  } catch (error) {
    if (isUnavailable(error)) throw databaseUnavailable();
    if (!(error instanceof DatabaseError)) throw error;
    if (error.code !== INSUFFICIENT_PRIVILEGE) log(`realtime: a policy failed with SQLSTATE ${error.code}`);
    return no;
  }
}

/** Never commits. A connection that cannot roll back is thrown away, and what it began with it. */
async function rolledBack<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    return await work(client);
  } finally {
    await client.query('rollback').then(
      () => client.release(),
      () => client.release(true),
    );
  }
}

/** From here on the transaction is the caller's: role, topic and claims as hosted projects set them. */
async function become(client: PoolClient, { claims, headers }: Caller, topic: string): Promise<void> {
  await client.query(
    `select set_config('role', $1, true), set_config('realtime.topic', $2, true), set_config('request.jwt.claims', $3, true),
      set_config('request.jwt.claim.sub', $4, true), set_config('request.jwt.claim.role', $1, true), set_config('request.headers', $5, true)`,
    [claims.role, topic, JSON.stringify(claims), claims.sub ?? '', JSON.stringify(headers)],
  );
}
