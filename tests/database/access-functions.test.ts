import { expect, test } from 'vitest';
import '../support/findings.ts';
import { CAST, declaredForAll } from './access/cast.ts';
import { CLOSED } from './access/closed-functions.ts';
import { CALLABLE } from './access/functions.ts';
import { createWorld } from './access/world.ts';
import { attempt, type Outcome } from './support/attempt.ts';
import { useDatabase } from './support/database.ts';

const { sql } = await useDatabase();
const world = await createWorld(sql);

// An empty search path, so that every name comes with its schema.
const functions = await sql.begin(async (tx) => {
  await tx`set local search_path = ''`;
  return tx<{ name: string; callers: string[] }[]>`
    select p.oid::regprocedure::text as name,
      array(select r from unnest(array['public', 'anon', 'authenticated', 'service_role']) r where pg_catalog.has_function_privilege(r, p.oid, 'execute')) as callers
    from pg_proc p where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)`;
});

test('every function of the database stands in the matrix, and nothing else', () => {
  expect(functions.map(({ name }) => name).toSorted()).toEqual([...Object.keys(CALLABLE), ...CLOSED].toSorted());
});

test.for(Object.entries(CALLABLE))('%s', async ([, row], { task }) => {
  task.meta.cells = CAST.length;
  const found: Record<string, Outcome> = {};
  for (const who of CAST) found[who] = await attempt(sql, world.actors[who], row.call(world));
  expect(found).toEqual(declaredForAll(row));
});

test('what only triggers and other functions call is granted to nobody', () => {
  const granted = functions.filter(({ name, callers }) => CLOSED.includes(name) && callers.length > 0);
  expect(granted).toEqual([]);
});

test('nothing is granted to everybody or to those who are not signed in', () => {
  const granted = functions.filter(({ callers }) => callers.includes('public') || callers.includes('anon'));
  expect(granted).toEqual([]);
});
