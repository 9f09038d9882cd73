import { expect, test } from 'vitest';
import { POLICIES } from './access/policies.ts';
import { createWorld } from './access/world.ts';
import { become } from './support/actors.ts';
import { type Outcome, outcomeOf } from './support/attempt.ts';
import { useDatabase } from './support/database.ts';

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

/** The outcomes of a policy's probes when nothing else protects its table, and after `mutation`, if any. All of it is undone. */
async function probePolicy(name: string, mutation = ''): Promise<Outcome[]> {
  const policy = POLICIES[name];
  if (policy === undefined) throw new Error(`no case for the policy "${name}"`);
  const connection = await sql.reserve();
  try {
    await connection.unsafe(`begin;
      grant usage on schema private to authenticated;
      grant all on ${policy.table} to authenticated;
      alter table ${policy.table} disable trigger user;
      ${mutation}`);
    if (policy.prepare !== undefined) await connection.unsafe(policy.prepare(world));
    const outcomes: Outcome[] = [];
    for (const { who, statement } of policy.probes) {
      await connection.unsafe('savepoint probe');
      await become(connection, world.actors[who]);
      outcomes.push(await outcomeOf(() => connection.unsafe(statement(world))));
      await connection.unsafe('rollback to savepoint probe');
    }
    return outcomes;
  } finally {
    await connection.unsafe('rollback');
    connection.release();
  }
}

/** Every way in which the policy could be broken: gone, open to all, or worded otherwise. */
function mutationsOf({ name, table, qual, check }: Policy): [string, string][] {
  const alter = (clause: string) => `alter policy "${name}" on ${table} ${clause}`;
  const mutations: [string, string][] = [];
  // A policy that lets nobody through does what having no policy does.
  if (qual !== 'false') mutations.push(['dropped', `drop policy "${name}" on ${table}`]);
  if (qual !== null) mutations.push(['using (true)', alter('using (true)')]);
  if (check !== null) mutations.push(['with check (true)', alter('with check (true)')]);
  for (const [words, clause] of Object.entries(POLICIES[name]?.variants ?? {})) mutations.push([words, alter(clause)]);
  return mutations;
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

test.for(policies.map((policy) => [policy.table, policy.name] as const))('%s: %s', async ([, name]) => {
  expect(await probePolicy(name)).toEqual(POLICIES[name]?.probes.map(({ outcome }) => outcome));
});

const mutations = policies.flatMap((policy) =>
  mutationsOf(policy).map(([words, statement]) => [policy.name, words, statement] as const),
);

test.for(mutations)('"%s", %s, is noticed', async ([name, , statement]) => {
  expect(await probePolicy(name, statement)).not.toEqual(POLICIES[name]?.probes.map(({ outcome }) => outcome));
});
