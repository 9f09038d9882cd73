import postgres, { type ReservedSql } from 'postgres';
import { expect, test } from 'vitest';
import '../support/findings.ts';
import { brief } from './access/brief.ts';
import type { CheckCase } from './access/check-case.ts';
import { CHECKS } from './access/checks.ts';
import { createWorld } from './access/world.ts';
import { useDatabase } from './support/database.ts';
import { onMutant } from './support/trial.ts';

/** Each check constraint is dropped, and each of its limits moved by one: a value at the limit must notice. */
const { sql } = await useDatabase();
const world = await createWorld(sql);
// Rows of the tables that the world leaves empty.
await sql.unsafe(`
  insert into private.invite_tries (subject) values ('address:' || repeat('0', 64));
  insert into private.ai_service default values;
  insert into private.model_pins (chat_id, user_id, model) values ('${world.chat}', '${world.member.id}', 'small');
  insert into private.model_prices (model, input_micros, output_micros) values ('x', 1, 1);
  insert into private.model_use (id, purpose, model) values (gen_random_uuid(), 'gate', 'x');
  insert into private.chat_summaries (chat_id, from_seq, through_seq, body) values ('${world.chat}', 1, 2, 'x')`);

interface Check {
  readonly name: string;
  readonly table: string;
  readonly definition: string;
}

const checks = await sql<Check[]>`
  select conname as name, n.nspname || '.' || c.relname as table, pg_get_constraintdef(k.oid) as definition
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
  where k.contype = 'c' and n.nspname in ('public', 'private') order by 1`;

/** `refused` or `allowed` by this very constraint; other constraints of the row do not count. */
async function verdict(connection: ReservedSql, { name, table }: Check, assignment: string, where: string) {
  await connection.unsafe('savepoint trial');
  try {
    const { count } = await connection.unsafe(
      `update ${table} set ${assignment} where ctid = (select min(ctid) from ${table} where ${where})`,
    );
    return count === 1 ? 'allowed' : 'there is no such row';
  } catch (error) {
    if (!(error instanceof postgres.PostgresError) || !/^23/.test(error.code)) throw error;
    return error.code === '23514' && error.constraint_name === name ? 'refused' : 'allowed';
  } finally {
    await connection.unsafe('rollback to savepoint trial');
  }
}

async function firstToNotice(connection: ReservedSql, check: Check, given: CheckCase): Promise<string | null> {
  for (const expected of ['refused', 'allowed'] as const)
    for (const assignment of given[expected]) {
      const found = await verdict(connection, check, assignment, given.where ?? 'true');
      if (found !== expected) return `\`${brief(assignment)}\`: ${expected} became ${found}`;
    }
  return null;
}

const alone = ({ table }: Check, mutation = '') => `alter table ${table} disable trigger user; ${mutation}`;

/** The definition with one limit moved by one, for each of its limits in each direction. */
function movedLimits(definition: string): string[] {
  const limits = [...definition.matchAll(/(?<=(?:[<>]=?|THEN|ELSE) '?)-?\d+(?=['); \n])|(?<=[{,])\d+(?=[,}])/g)];
  return limits.flatMap(({ 0: limit, index }) =>
    [-1, 1]
      .filter((step) => Number(limit) + step >= 0 || Number(limit) < 0)
      .map((step) => definition.slice(0, index) + (Number(limit) + step) + definition.slice(index + limit.length)),
  );
}

test('every check constraint has a case, and nothing else', () => {
  expect(checks.map(({ name }) => name)).toEqual(Object.keys(CHECKS).toSorted());
});

test.for(checks.map((check) => [check.name, check] as const))(
  '%s refuses and allows what it says',
  async ([name, check]) => {
    const given = CHECKS[name];
    if (given === undefined) throw new Error(`no case for the constraint "${name}"`);
    expect(await onMutant(sql, alone(check), (connection) => firstToNotice(connection, check, given))).toBeNull();
  },
);

const mutants = checks.flatMap((check) => [
  ['dropped', check, ''] as const,
  ...movedLimits(check.definition).map(
    (definition) =>
      [
        brief(definition),
        check,
        `alter table ${check.table} add constraint ${check.name} ${definition} not valid`,
      ] as const,
  ),
]);

test.for(mutants.map(([change, check, again]) => [check.name, change, check, again] as const))(
  '%s, %s, is noticed',
  async ([name, change, check, again], { task }) => {
    const mutation = alone(check, `alter table ${check.table} drop constraint ${name}; ${again}`);
    const killedBy = await onMutant(sql, mutation, (connection) =>
      firstToNotice(connection, check, CHECKS[name] ?? { refused: [], allowed: [] }),
    );
    task.meta.mutant = { of: `check ${name}`, change, killedBy };
    expect(killedBy).not.toBeNull();
  },
);
