import { expect, test } from 'vitest';
import '../support/findings.ts';
import { CAST, declared } from './access/cast.ts';
import { ROLES, type Role } from './access/columns.ts';
import { CALLABLE } from './access/functions.ts';
import { createWorld } from './access/world.ts';
import { useDatabase } from './support/database.ts';
import { firstToNotice, onMutant, type Trial } from './support/trial.ts';

/** Each right to call a function is taken away or given in turn: the matrix, or the list of callers that follows from it, must notice. */
const { sql } = await useDatabase();
const world = await createWorld(sql);

const CALLERS = `
  select p.oid::regprocedure::text as name,
    array(select r from unnest(array['anon', 'authenticated', 'service_role']) r where pg_catalog.has_function_privilege(r, p.oid, 'execute')) as callers
  from pg_proc p where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace) order by 1`;

// An empty search path, so that every name comes with its schema.
const functions = await sql.begin(async (tx) => {
  await tx`set local search_path = ''`;
  return tx.unsafe<{ name: string; callers: Role[] }[]>(CALLERS);
});

/** Whoever is refused for lack of rights, whatever they call with, has none; all others are callers. */
function callersByMatrix(name: string): Role[] {
  const row = CALLABLE[name];
  if (row === undefined) return [];
  return ROLES.filter((role) => CAST.some((who) => world.actors[who].role === role && declared(row, who) !== '42501'));
}

function trialsOf(name: string, role: Role): Trial[] {
  const callable = CALLABLE[name];
  if (callable === undefined) return [];
  return CAST.filter((who) => world.actors[who].role === role).map((who) => ({
    name: `${who} calls it`,
    actor: world.actors[who],
    statement: callable.call(world),
    expected: declared(callable, who),
  }));
}

test.for(functions.map(({ name, callers }) => [name, callers] as const))(
  '%s is granted to those to whom the matrix opens it, and to nobody else',
  ([name, callers]) => {
    expect(callers).toEqual(callersByMatrix(name));
  },
);

const changes = functions.flatMap(({ name, callers }) =>
  ROLES.map((role) => (callers.includes(role) ? (['taken', name, role] as const) : (['given', name, role] as const))),
);

test.for(changes)('execute %s, of %s, for %s, is noticed', async ([change, name, role], { task }) => {
  const statement =
    change === 'taken'
      ? `revoke execute on function ${name} from ${role}`
      : `grant usage on schema private to ${role}; grant execute on function ${name} to ${role}`;
  const killedBy = await onMutant(sql, statement, async (connection) => {
    const trial = await firstToNotice(connection, trialsOf(name, role));
    if (trial !== null) return trial;
    await connection.unsafe(`set local search_path = ''`);
    const now = await connection.unsafe<{ name: string; callers: Role[] }[]>(CALLERS);
    const { callers } = now.find((one) => one.name === name) ?? { callers: [] };
    return String(callers) === String(callersByMatrix(name)) ? null : 'the list of callers';
  });
  task.meta.mutant = { of: `callers of ${name}`, change: `${role} ${change}`, killedBy };
  expect(killedBy).not.toBeNull();
});
