import type { ReservedSql } from 'postgres';
import { expect, test } from 'vitest';
import '../support/findings.ts';
import { brief } from './access/brief.ts';
import { CAST, declared } from './access/cast.ts';
import { lifeOf } from './access/life.ts';
import type { Deed } from './access/life-rows.ts';
import { TABLES } from './access/tables.ts';
import { createWorld } from './access/world.ts';
import { become } from './support/actors.ts';
import { type Outcome, outcomeOf } from './support/attempt.ts';
import { useDatabase } from './support/database.ts';
import { firstToNotice, onMutant, type Trial } from './support/trial.ts';

/** What guards access and sense besides policies, rights and checks: each trigger is turned off in turn, each key dropped, row-level security taken off each table. */
const { sql } = await useDatabase();
const world = await createWorld(sql);
const life = lifeOf(world);

async function doDeed(connection: ReservedSql, [who, , statement]: Deed): Promise<Outcome> {
  await connection.unsafe('savepoint deed');
  if (who === 'owner') await connection.unsafe(`reset role; set local request.jwt.claims = ''`);
  else await become(connection, world.actors[who]);
  const outcome = await outcomeOf(() => connection.unsafe(statement));
  await connection.unsafe(typeof outcome === 'string' ? 'rollback to savepoint deed' : 'release savepoint deed');
  await connection.unsafe('reset role');
  return outcome;
}

test('each deed of a life comes to what is declared', async () => {
  await onMutant(sql, 'select 1', async (connection) => {
    const found: [string, Outcome][] = [];
    for (const deed of life) found.push([brief(deed[2]), await doDeed(connection, deed)]);
    expect(found).toEqual(life.map(([, outcome, statement]) => [brief(statement), outcome]));
  });
});

/** The first deed that does not come to what is declared, in words. */
async function firstDeedToNotice(connection: ReservedSql): Promise<string | null> {
  for (const deed of life) {
    const [who, expected, statement] = deed;
    const outcome = await doDeed(connection, deed);
    if (outcome !== expected) return `${who}, \`${brief(statement)}\`: ${expected} became ${outcome}`;
  }
  return null;
}

const triggers = await sql<{ name: string; table: string }[]>`
  select t.tgname as name, t.tgrelid::regclass::text as table
  from pg_trigger t join pg_proc p on p.oid = t.tgfoid
  where not t.tgisinternal and p.pronamespace in ('public'::regnamespace, 'private'::regnamespace) order by 1`;

test.for(triggers.map(({ name, table }) => [name, table] as const))(
  '%s on %s, turned off, is noticed',
  async ([name, table], { task }) => {
    const killedBy = await onMutant(sql, `alter table ${table} disable trigger ${name}`, firstDeedToNotice);
    task.meta.mutant = { of: `trigger ${name}`, change: 'turned off', killedBy };
    expect(killedBy).not.toBeNull();
  },
);

const keys = await sql<{ name: string; table: string; constraint: boolean }[]>`
  select i.indexrelid::regclass::text as name, i.indrelid::regclass::text as table,
    exists (select from pg_constraint k where k.conindid = i.indexrelid) as constraint
  from pg_index i join pg_class c on c.oid = i.indrelid
  where i.indisunique and not i.indisprimary and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) order by 1`;

test.for(keys.map(({ name, table, constraint }) => [name, table, constraint] as const))(
  '%s of %s, dropped, is noticed',
  async ([name, table, constraint], { task }) => {
    const drop = constraint
      ? `alter table ${table} drop constraint ${name.split('.').at(-1)} cascade`
      : `drop index ${name}`;
    const killedBy = await onMutant(sql, drop, firstDeedToNotice);
    task.meta.mutant = { of: `key ${name}`, change: 'dropped', killedBy };
    expect(killedBy).not.toBeNull();
  },
);

/** What those who may select from a table see of it, by the matrix. */
function looksAt(table: string): Trial[] {
  return (TABLES[table] ?? [])
    .filter(({ command }) => command === 'select')
    .flatMap((probe) =>
      CAST.map((who) => ({
        name: `${who}, \`${brief(probe.statement(world))}\``,
        actor: world.actors[who],
        statement: probe.statement(world),
        expected: declared(probe, who),
      })),
    );
}

const tables = await sql<{ name: string }[]>`
  select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and n.nspname in ('public', 'private') order by 1`;

test.for(tables.map(({ name }) => name))('%s without row-level security is noticed', async (name, { task }) => {
  const killedBy = await onMutant(
    sql,
    `alter table ${name} disable row level security`,
    async (connection) =>
      (await firstToNotice(connection, looksAt(name))) ??
      ((await openTables(connection)).includes(name) ? 'the list of open tables, which is empty' : null),
  );
  task.meta.mutant = { of: `table ${name}`, change: 'row-level security off', killedBy };
  expect(killedBy).not.toBeNull();
});

async function openTables(connection: ReservedSql): Promise<string[]> {
  const open = await connection<{ name: string }[]>`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname in ('public', 'private') and not c.relrowsecurity`;
  return open.map(({ name }) => name);
}
