import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { noteLostDatabase } from './lite-request.ts';
import { serialize, typesFor } from './values.ts';

/** Rows with what lite wants to know besides, in the form of its own driver. */
type Rows = unknown[] & { command: string; count: number };

/** A connection taken from the pool. */
export interface Reserved {
  unsafe(text: string, parameters?: readonly unknown[]): Promise<Rows>;
  release(): void;
}

export interface Statements {
  reserve(): Promise<Reserved>;
  end(): Promise<void>;
}

const DESCRIBED_KEPT = 1_000;

const shared = new AsyncLocalStorage<pg.PoolClient>();

/** Runs whatever lite does for `work` on this connection, in the transaction that is open there. */
export function onConnection<T>(client: pg.PoolClient, work: () => Promise<T>): Promise<T> {
  return shared.run(client, work);
}

/**
 * Runs lite's statements, in place of the driver it brings: that one throws where nobody can catch it when a connection breaks
 * between two statements of a transaction, and would end the whole stack with the database. Takes a pool whose connections are
 * the superuser's.
 */
export function createStatements(pool: pg.Pool): Statements {
  const described = new Map<string, readonly number[]>();
  let arrays: Promise<ReadonlyMap<number, number>> | undefined;

  /** The types of a statement's parameters; asked once for each text. */
  async function describe(client: pg.PoolClient, text: string): Promise<readonly number[]> {
    const known = described.get(text);
    if (known !== undefined) return known;
    const types = await askForTypes(client, text);
    if (described.size >= DESCRIBED_KEPT) described.clear();
    described.set(text, types);
    return types;
  }

  return {
    async reserve() {
      arrays ??= loadArrays(pool);
      const elementOf = await arrays.catch((error: unknown) => {
        arrays = undefined;
        throw toLost(error);
      });
      const types = typesFor(elementOf);
      const given = shared.getStore();
      const connecting = given === undefined ? pool.connect() : Promise.resolve(given);
      const client = await connecting.catch((error: unknown) => {
        throw toLost(error);
      });
      let lost: Error | undefined;
      return {
        async unsafe(text, parameters = []) {
          try {
            const oids = parameters.length === 0 ? [] : await describe(client, text);
            const values = parameters.map((value, index) => serialize(value, oids[index], elementOf));
            const { rows, command, rowCount } = await client.query({ text, values, types });
            return Object.assign(rows, { command, count: rowCount ?? 0 });
          } catch (error) {
            if (!isRefusal(error)) lost = toLost(error);
            throw lost ?? error;
          }
        },
        // A connection that broke does not go back into the pool.
        release() {
          if (given === undefined) client.release(lost);
        },
      };
    },
    end: () => pool.end(),
  };
}

/** Array types with the types of their elements, those of the schema included. */
async function loadArrays(pool: pg.Pool): Promise<ReadonlyMap<number, number>> {
  const { rows } = await pool.query<{ array: number; element: number }>(
    'select typarray::int4 as array, oid::int4 as element from pg_type where typarray <> 0',
  );
  return new Map(rows.map(({ array, element }) => [array, element]));
}

async function askForTypes(client: pg.PoolClient, text: string): Promise<readonly number[]> {
  // Several statements in one query: their results come as a list, which the driver's types do not know.
  const results = (await client.query(
    `prepare described as ${text};
     select parameter_types::oid[]::int4[] as types from pg_prepared_statements where name = 'described';
     deallocate described`,
  )) as unknown as readonly pg.QueryResult<{ types: number[] }>[];
  return results[1]?.rows[0]?.types ?? [];
}

/** Whether the database answered, and goes on; anything else means that the connection is gone. */
function isRefusal(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code?.startsWith('57P') !== true;
}

function toLost(cause: unknown): Error {
  noteLostDatabase();
  return Object.assign(new Error('The connection to the database is lost. Try again in a moment.', { cause }), {
    code: '08006',
  });
}
