import type { ReservedSql, Sql } from 'postgres';
import type { Actor } from './actors.ts';
import { become } from './actors.ts';
import { type Outcome, outcomeOf } from './attempt.ts';

/** A statement of somebody's, and what comes of it in the true schema. */
export interface Trial {
  readonly name: string;
  readonly actor: Actor;
  readonly statement: string;
  /** Runs before, as the superuser. */
  readonly prepare?: string;
  readonly expected: Outcome;
}

/** Changes the schema, looks at what follows, and undoes it all. */
export async function onMutant<T>(
  sql: Sql,
  mutation: string,
  look: (connection: ReservedSql) => Promise<T>,
): Promise<T> {
  const connection = await sql.reserve();
  try {
    await connection.unsafe('begin');
    await connection.unsafe(mutation);
    return await look(connection);
  } finally {
    await connection.unsafe('rollback');
    connection.release();
  }
}

async function outcomeOfTrial(connection: ReservedSql, trial: Omit<Trial, 'expected' | 'name'>): Promise<Outcome> {
  await connection.unsafe('savepoint trial');
  if (trial.prepare !== undefined) await connection.unsafe(trial.prepare);
  await become(connection, trial.actor);
  const outcome = await outcomeOf(() => connection.unsafe(trial.statement));
  await connection.unsafe('rollback to savepoint trial');
  return outcome;
}

/** The first trial that does not come out as in the true schema, in words; null when none notices. */
export async function firstToNotice(connection: ReservedSql, trials: readonly Trial[]): Promise<string | null> {
  for (const trial of trials) {
    const outcome = await outcomeOfTrial(connection, trial);
    if (outcome !== trial.expected) return `${trial.name}: ${trial.expected} became ${outcome}`;
  }
  return null;
}
