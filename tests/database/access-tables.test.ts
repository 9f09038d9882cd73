import { expect, test } from 'vitest';
import '../support/findings.ts';
import { CAST, declaredForAll } from './access/cast.ts';
import { PLATFORM_TABLES } from './access/platform-tables.ts';
import { type Command, closedStatement, type Probe, TABLES } from './access/tables.ts';
import { createWorld } from './access/world.ts';
import { attempt, type Outcome } from './support/attempt.ts';
import { useDatabase } from './support/database.ts';

const { sql } = await useDatabase();
const world = await createWorld(sql);
const MATRIX = { ...TABLES, ...PLATFORM_TABLES };
const COMMANDS: readonly Command[] = ['select', 'insert', 'update', 'delete'];

const tables = await sql<{ name: string; column: string }[]>`
  select format('%I.%I', n.nspname, c.relname) as name,
    (select quote_ident(a.attname) from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and a.attidentity = '' and a.attgenerated = '' order by a.attnum limit 1) as column
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f')
    and (n.nspname in ('public', 'private') or format('%I.%I', n.nspname, c.relname) = any(${Object.keys(PLATFORM_TABLES)}))`;

async function outcomesOf(probe: Pick<Probe, 'statement' | 'prepare'>): Promise<Record<string, Outcome>> {
  const outcomes: Record<string, Outcome> = {};
  for (const who of CAST)
    outcomes[who] = await attempt(sql, world.actors[who], probe.statement(world), probe.prepare?.(world));
  return outcomes;
}

test('every table of the database stands in the matrix, and nothing else', () => {
  expect(tables.map(({ name }) => name).toSorted()).toEqual(Object.keys(MATRIX).toSorted());
});

const open = Object.entries(MATRIX).flatMap(([name, probes]) =>
  probes.map((probe) => [probe.command, name, probe.what, probe] as const),
);

test.for(open)('%s on %s: %s', async ([, , , probe], { task }) => {
  task.meta.cells = CAST.length;
  expect(await outcomesOf(probe)).toEqual(declaredForAll(probe));
});

const closed = tables.flatMap(({ name, column }) =>
  COMMANDS.filter((command) => !MATRIX[name]?.some((probe) => probe.command === command)).map(
    (command) => [command, name, column] as const,
  ),
);

test.for(closed)('%s on %s is closed to everybody', async ([command, table, column], { task }) => {
  task.meta.cells = CAST.length;
  const statement = closedStatement(command, table, column);
  expect(await outcomesOf({ statement: () => statement })).toEqual(
    Object.fromEntries(CAST.map((who) => [who, '42501'])),
  );
});
