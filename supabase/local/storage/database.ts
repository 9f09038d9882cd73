import type pg from 'pg';
import { openPool } from '../pool.ts';
import type { Caller } from './caller.ts';
import { fromDatabaseError } from './failure.ts';

/** One transaction's connection, acting as one caller. */
export type Scope = Pick<pg.ClientBase, 'query'>;

export interface Database {
  /** Runs `work` in one transaction under the caller's role and claims, so that the policies decide as they do for the API. */
  run<T>(caller: Caller, operation: string, work: (scope: Scope) => Promise<T>): Promise<T>;
  /** The same, rolled back whatever happens: whether the policies would allow `work`. Rejects with the refusal if not. */
  probe(caller: Caller, operation: string, work: (scope: Scope) => Promise<unknown>): Promise<void>;
  stop(): Promise<void>;
}

const SET_SCOPE = `select set_config('role', $1, true), set_config('request.jwt.claim.role', $1, true),
  set_config('request.jwt.claim.sub', $2, true), set_config('request.jwt.claims', $3, true),
  set_config('storage.operation', $4, true), set_config('storage.allow_delete_query', 'true', true)`;

/** A pool whose connections come back by themselves after the database was away. */
export function openDatabase(adminUrl: string): Database {
  const pool = openPool({ connectionString: adminUrl, max: 6, statement_timeout: 10_000 });

  async function transact<T>(
    caller: Caller,
    operation: string,
    end: 'commit' | 'rollback',
    work: (scope: Scope) => Promise<T>,
  ): Promise<T> {
    const client = await pool.connect();
    let broken = false;
    try {
      await client.query('begin');
      await client.query(SET_SCOPE, [caller.role, caller.claims.sub ?? '', JSON.stringify(caller.claims), operation]);
      const result = await work(client);
      await client.query(end);
      return result;
    } catch (error) {
      broken = await client.query('rollback').then(
        () => false,
        () => true,
      );
      throw error;
    } finally {
      client.release(broken);
    }
  }

  return {
    run: (caller, operation, work) => transact(caller, operation, 'commit', work).catch(rethrow),
    probe: async (caller, operation, work) => {
      await transact(caller, operation, 'rollback', work).catch(rethrow);
    },
    stop: () => pool.end(),
  };
}

function rethrow(error: unknown): never {
  throw fromDatabaseError(error);
}
