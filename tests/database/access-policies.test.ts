import { expect, test } from 'vitest';
import '../support/findings.ts';
import { brief } from './access/brief.ts';
import { type Loosened, loosen } from './access/loosened.ts';
import { POLICIES } from './access/policies.ts';
import type { PolicyCase } from './access/policy-case.ts';
import { createWorld } from './access/world.ts';
import { useDatabase } from './support/database.ts';
import { firstToNotice, onMutant, type Trial } from './support/trial.ts';

interface Policy {
  readonly name: string;
  readonly table: string;
  readonly qual: string | null;
  readonly check: string | null;
}

const { sql } = await useDatabase();
const world = await createWorld(sql);

const policies = await sql<Policy[]>`
  select policyname as name, schemaname || '.' || tablename as table, qual, with_check as check
  from pg_policies where schemaname in ('public', 'private', 'storage', 'realtime')`;

/** What a policy's probes come to; `expected` is what its case declares. */
function trialsOf(name: string): Trial[] {
  const policy = POLICIES[name];
  if (policy === undefined) throw new Error(`no case for the policy "${name}"`);
  return policy.probes.map(({ who, statement, outcome }) => ({
    name: `${who}, \`${brief(statement(world))}\``,
    actor: world.actors[who],
    statement: statement(world),
    expected: outcome,
  }));
}

/** Nothing else protects the policy's table; then `mutation`, if any. */
function alone(name: string, mutation = ''): string {
  const { table, prepare } = POLICIES[name] as PolicyCase;
  return `
    grant usage on schema private to authenticated;
    grant all on ${table} to authenticated;
    alter table ${table} disable trigger user;
    ${mutation};
    ${prepare?.(world) ?? ''}`;
}

/** Every way in which the policy could be broken: gone, open to all, without one of its conditions, or worded otherwise. */
function mutationsOf({ name, table, qual, check }: Policy): [string, string][] {
  const alter = (clause: string) => `alter policy "${name}" on ${table} ${clause}`;
  const mutations: [string, string][] = [];
  // A policy that lets nobody through does what having no policy does.
  if (qual !== 'false') mutations.push(['dropped', `drop policy "${name}" on ${table}`]);
  if (qual !== null) mutations.push(['using (true)', alter('using (true)')]);
  if (check !== null) mutations.push(['with check (true)', alter('with check (true)')]);
  for (const [clause, condition] of [
    ['using', qual],
    ['with check', check],
  ] as const)
    for (const { part, condition: weaker } of uncovered(name, loosen(condition ?? '')))
      mutations.push([`${clause}: without ${brief(part)}`, alter(`${clause} (${weaker})`)]);
  for (const [words, clause] of Object.entries(POLICIES[name]?.variants ?? {})) mutations.push([words, alter(clause)]);
  return mutations;
}

/** Without the parts of which the policy's case says that another one covers them. */
function uncovered(name: string, all: readonly Loosened[]): readonly Loosened[] {
  const covered = Object.keys(POLICIES[name]?.covered ?? {});
  return all.filter(({ part }) => !covered.some((piece) => part.startsWith(piece) || part === piece));
}

test('every policy of the database has a case, and nothing else', () => {
  expect(policies.map(({ name, table }) => `${table}: ${name}`).toSorted()).toEqual(
    Object.entries(POLICIES)
      .map(([name, { table }]) => `${table}: ${name}`)
      .toSorted(),
  );
});

test('policies are for those who are signed in, and permissive', async () => {
  const others = await sql`select policyname from pg_policies
    where schemaname in ('public', 'private', 'storage', 'realtime') and (roles <> '{authenticated}' or permissive <> 'PERMISSIVE')`;
  expect([...others]).toEqual([]);
});

test.for(policies.map((policy) => [policy.table, policy.name] as const))('%s: %s', async ([, name], { task }) => {
  const trials = trialsOf(name);
  task.meta.cells = trials.length;
  expect(await onMutant(sql, alone(name), (connection) => firstToNotice(connection, trials))).toBeNull();
});

const mutations = policies.flatMap((policy) =>
  mutationsOf(policy).map(([words, statement]) => [policy.name, words, policy.table, statement] as const),
);

test.for(mutations)('"%s", %s, is noticed', async ([name, change, table, statement], { task }) => {
  const killedBy = await onMutant(sql, alone(name, statement), (connection) =>
    firstToNotice(connection, trialsOf(name)),
  );
  task.meta.mutant = { of: `policy "${name}" on ${table}`, change, killedBy };
  expect(killedBy).not.toBeNull();
});
