import { expect, test } from 'vitest';
import { useDatabase } from './support/database.ts';

const { sql } = await useDatabase();

interface Function {
  readonly name: string;
  readonly schema: string;
  readonly comment: string | null;
  readonly definer: boolean;
  readonly settings: string[];
}

const functions = await sql<Function[]>`
  select p.oid::regprocedure::text as name, n.nspname as schema, obj_description(p.oid, 'pg_proc') as comment,
    p.prosecdef as definer, coalesce(p.proconfig, '{}') as settings
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('public', 'private') order by 1`;

test('every table says what it is for', async () => {
  const silent = await sql`
    select c.oid::regclass from pg_class c where c.relkind in ('r', 'p', 'v', 'm')
      and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and obj_description(c.oid, 'pg_class') is null`;
  expect([...silent]).toEqual([]);
});

test('every function says what its callers may rely on', () => {
  expect(functions.length).toBeGreaterThan(40);
  expect(functions.filter(({ comment }) => comment === null).map(({ name }) => name)).toEqual([]);
});

test('every function has an empty search path, so that nobody slips it a table or an operator', () => {
  expect(functions.filter(({ settings }) => !settings.includes('search_path=""')).map(({ name }) => name)).toEqual([]);
});

test('functions with their owner’s rights live in private and say why', () => {
  const definers = functions.filter(({ definer }) => definer);
  expect(definers.length).toBeGreaterThan(20);
  expect(definers.filter(({ schema }) => schema !== 'private').map(({ name }) => name)).toEqual([]);
});

test('every foreign key can be followed backwards by an index', async () => {
  const bare = await sql`
    select c.conrelid::regclass as table, c.conname from pg_constraint c
    where c.contype = 'f' and c.connamespace in ('public'::regnamespace, 'private'::regnamespace) and not exists (
      select 1 from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1])`;
  expect([...bare]).toEqual([]);
});
