import postgres, { type Sql } from 'postgres';
import { type Actor, become } from './actors.ts';

/** What a statement came to: how many rows it gave or touched, or the SQLSTATE with which it was refused. */
export type Outcome = number | string;

/** Tries one statement as the actor, and undoes it. `prepare` runs before, in the same transaction, as the superuser. */
export async function attempt(sql: Sql, actor: Actor, statement: string, prepare = ''): Promise<Outcome> {
  const connection = await sql.reserve();
  try {
    await connection.unsafe('begin');
    if (prepare !== '') await connection.unsafe(prepare);
    await become(connection, actor);
    return await outcomeOf(() => connection.unsafe(statement));
  } finally {
    await connection.unsafe('rollback');
    connection.release();
  }
}

/** The outcome of work that either ends with rows or is refused by the database; of several statements, that of the last one. */
export async function outcomeOf(
  work: () => Promise<{ count?: number | null } | readonly { count?: number | null }[]>,
): Promise<Outcome> {
  try {
    const result = await work();
    const last = 'count' in result || !Array.isArray(result) ? result : result.at(-1);
    return (last as { count?: number | null } | undefined)?.count ?? 0;
  } catch (error) {
    return sqlStateOf(error);
  }
}

/** The SQLSTATE of a refusal by the database; anything else is thrown again. */
export function sqlStateOf(error: unknown): string {
  if (error instanceof postgres.PostgresError) return error.code;
  throw error;
}
