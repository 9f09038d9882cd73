import type { ReservedSql } from 'postgres';
import { expect, test } from 'vitest';
import '../support/findings.ts';
import { brief } from './access/brief.ts';
import { CAST, declared, type Who } from './access/cast.ts';
import { COLUMNS, columnsOf, RIGHTS, type Right, ROLES, type Role } from './access/columns.ts';
import { type Command, closedStatement, type Probe, TABLES } from './access/tables.ts';
import { createWorld } from './access/world.ts';
import { useDatabase } from './support/database.ts';
import { firstToNotice, onMutant, type Trial } from './support/trial.ts';

/** Each right on a table is taken away or given in turn: the matrix, or the list of columns, must tell it from the true schema. */
const { sql } = await useDatabase();
const world = await createWorld(sql);

const tables = await sql<{ name: string; column: string }[]>`
  select format('%I.%I', n.nspname, c.relname) as name,
    (select quote_ident(a.attname) from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and a.attidentity = '' and a.attgenerated = '' order by a.attnum limit 1) as column
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname in ('public', 'private') order by 1`;

const held = await sql<{ role: Role; table: string; right: Right; column: string; whole: boolean }[]>`
  select role, n.nspname || '.' || c.relname as table, p as right, a.attname as column, has_table_privilege(role, c.oid, p) as whole
  from unnest(${[...ROLES]}::text[]) role, unnest(${[...RIGHTS]}::text[]) p, pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname in ('public', 'private') and has_column_privilege(role, c.oid, a.attnum, p)
  order by 1, 2, 3, a.attnum`;

const NO = '42501';

const roleOf = (who: Who): Role => {
  const { role } = world.actors[who];
  return role;
};

/** What those of a role may and may not do with a table by this command. */
function trialsOf(role: Role, table: string, column: string, command: Command): Trial[] {
  const probes = (TABLES[table] ?? []).filter((probe) => probe.command === command);
  const closed: Pick<Probe, 'statement' | 'prepare' | 'outcomes'> = {
    statement: () => closedStatement(command, table, column),
    outcomes: [NO, NO, NO, NO, NO, NO, NO],
  };
  return (probes.length > 0 ? probes : [closed]).flatMap((probe) =>
    CAST.filter((who) => roleOf(who) === role).map((who) => ({
      name: `${who}, \`${brief(probe.statement(world))}\``,
      actor: world.actors[who],
      statement: probe.statement(world),
      ...(probe.prepare ? { prepare: probe.prepare(world) } : {}),
      expected: declared(probe, who),
    })),
  );
}

async function listToNotice(connection: ReservedSql, role: Role, command: Command): Promise<string | null> {
  if (command === 'delete') {
    const [{ open } = { open: true }] = await connection<{ open: boolean }[]>`
      select exists (select from pg_class where relnamespace in ('public'::regnamespace, 'private'::regnamespace)
        and relkind in ('r', 'p', 'v', 'm', 'f') and has_table_privilege(${role}, oid, 'delete')) as open`;
    return open ? 'nobody deletes from a table' : null;
  }
  const expected = COLUMNS[role][command];
  const found = await columnsOf(connection, role, command);
  return JSON.stringify(sorted(found)) === JSON.stringify(sorted(expected))
    ? null
    : `columns that ${role} may ${command}`;
}

const sorted = (record: Readonly<Record<string, string>>) =>
  Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));

interface Change {
  readonly role: Role;
  readonly table: string;
  readonly command: Command;
  readonly words: string;
  readonly statement: string;
}

const taken: Change[] = [];
for (const { role, table, right, column, whole } of held) {
  const common = { role, table, command: right };
  if (whole && taken.some((change) => change.role === role && change.table === table && change.command === right))
    continue;
  taken.push(
    whole
      ? { ...common, words: `${right} taken`, statement: `revoke ${right} on ${table} from ${role}` }
      : {
          ...common,
          words: `${right} (${column}) taken`,
          statement: `revoke ${right} ("${column}") on ${table} from ${role}`,
        },
  );
}

const given: Change[] = ROLES.flatMap((role) =>
  tables.flatMap(({ name: table }) =>
    ([...RIGHTS, 'delete'] as const)
      .filter(
        (command) =>
          !held.some((one) => one.whole && one.role === role && one.table === table && one.right === command),
      )
      .map((command) => ({
        role,
        table,
        command,
        words: `${command} given`,
        statement: `grant usage on schema private to ${role}; grant ${command} on ${table} to ${role}`,
      })),
  ),
);

test('there are rights to take and to give', () => {
  expect(taken.length).toBeGreaterThan(20);
  expect(given.length).toBeGreaterThan(100);
});

test.for([...taken, ...given].map((change) => [change.words, change.role, change.table, change] as const))(
  '%s, of %s on %s, is noticed',
  async ([, , , { role, table, command, words, statement }], { task }) => {
    const column = tables.find(({ name }) => name === table)?.column ?? '';
    const trials = trialsOf(role, table, column, command);
    const killedBy = await onMutant(
      sql,
      statement,
      async (connection) =>
        (await firstToNotice(connection, trials)) ?? (await listToNotice(connection, role, command)),
    );
    task.meta.mutant = { of: `rights of ${role} on ${table}`, change: words, killedBy };
    expect(killedBy).not.toBeNull();
  },
);
