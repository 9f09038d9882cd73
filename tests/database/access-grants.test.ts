import postgres from 'postgres';
import { expect, test } from 'vitest';
import { COLUMNS, columnsOf, RIGHTS, ROLES } from './access/columns.ts';
import { useDatabase } from './support/database.ts';
import { refusal } from './support/refusal.ts';

const { sql, migrationUrl } = await useDatabase();

test('each role writes and reads these columns and no other: no token’s hash, no lease', async () => {
  for (const role of ROLES)
    for (const right of RIGHTS)
      expect(await columnsOf(sql, role, right), `${role} ${right}`).toEqual(COLUMNS[role][right]);
});

test('nobody truncates, references or puts triggers on a table, nor deletes from one but their own memories, nor makes anything in our schemas', async () => {
  const rights = await sql`
    select r.role, c.oid::regclass::text as table, p.privilege
    from unnest(array['anon', 'authenticated', 'service_role']) r(role), unnest(array['delete', 'truncate', 'references', 'trigger', 'maintain']) p(privilege), pg_class c
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
      and has_table_privilege(r.role, c.oid, p.privilege)`;
  expect([...rights]).toEqual([{ role: 'authenticated', table: 'memories', privilege: 'delete' }]);
  const makers = await sql`
    select r.role, s.schema from unnest(array['anon', 'authenticated', 'service_role']) r(role), unnest(array['public', 'private']) s(schema)
    where has_schema_privilege(r.role, s.schema, 'create')`;
  expect([...makers]).toEqual([]);
});

test('what a later migration makes is closed until it is granted', async () => {
  const migrator = postgres(migrationUrl, { max: 1 });
  await migrator`
    create table public.later (id bigint generated always as identity primary key);
    create function public.later() returns integer language sql as 'select 1';
    create function private.later() returns integer language sql as 'select 1';`.simple();
  for (const role of ['anon', 'authenticated', 'service_role']) {
    const [row] = await migrator`select
      has_table_privilege(${role}, 'public.later', 'select') as table,
      has_sequence_privilege(${role}, 'public.later_id_seq', 'usage') as sequence,
      has_function_privilege(${role}, 'public.later()', 'execute') as function,
      has_function_privilege(${role}, 'private.later()', 'execute') as helper`;
    expect({ ...row }, role).toEqual({ table: false, sequence: false, function: false, helper: false });
  }
  await migrator`drop table public.later; drop function public.later(), private.later();`.simple();
  await migrator.end();
});

test('row-level security is on for every table', async () => {
  const open = await sql`select oid::regclass from pg_class
    where relkind in ('r', 'p') and relnamespace in ('public'::regnamespace, 'private'::regnamespace) and not relrowsecurity`;
  expect([...open]).toEqual([]);
});

test('migrations are run by a role that is no superuser', async () => {
  const migrator = postgres(migrationUrl, { max: 1 });
  const [row] = await migrator`select current_setting('is_superuser') as superuser`;
  expect(row?.superuser).toBe('off');
  expect(await refusal(migrator`alter system set work_mem = '1MB'`)).toBe('42501');
  await migrator.end();
  const owners = await sql`select distinct tableowner from pg_tables where schemaname in ('public', 'private')`;
  expect(owners.map((owner) => owner.tableowner)).toEqual(['postgres']);
});
