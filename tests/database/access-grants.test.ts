import postgres from 'postgres';
import { expect, test } from 'vitest';
import { useDatabase } from './support/database.ts';
import { refusal } from './support/refusal.ts';

const { sql, migrationUrl } = await useDatabase();

/** Columns that a role may read or write, table by table, as `column, …` or `all`. */
async function columnsOf(role: string, privilege: 'select' | 'insert' | 'update'): Promise<Record<string, string>> {
  const rows = await sql<{ table: string; columns: string[]; total: number }[]>`
    select n.nspname || '.' || c.relname as table, count(*)::int as total,
      coalesce(array_agg(a.attname::text order by a.attnum) filter (where has_column_privilege(${role}, c.oid, a.attnum, ${privilege})), '{}') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname in ('public', 'private')
    group by 1`;
  const open = rows.filter(({ columns }) => columns.length > 0);
  return Object.fromEntries(
    open.map(({ table, columns, total }) => [table, columns.length === total ? 'all' : columns.join(', ')]),
  );
}

test('people write these columns and no other', async () => {
  expect(await columnsOf('authenticated', 'insert')).toEqual({
    'public.profiles': 'id, display_name, username, avatar_path',
    'public.messages': 'id, chat_id, body, target, reply_to, attachment_ids',
    'public.attachments': 'id, chat_id, name, content_type, size, width, height, has_thumbnail',
  });
  expect(await columnsOf('authenticated', 'update')).toEqual({
    'public.profiles': 'display_name, username, avatar_path',
    'public.accounts': 'birth_date, settings, quiet_from, quiet_to, quiet_zone, picture_in_images',
    'public.members': 'notification_level',
  });
});

test('people read all columns that policies let them, but no token’s hash and no lease', async () => {
  expect(await columnsOf('authenticated', 'select')).toEqual({
    'public.audit_events': 'all',
    'public.blocks': 'all',
    'public.profiles': 'all',
    'public.accounts': 'all',
    'public.chats': 'all',
    'public.members': 'all',
    'public.messages': 'all',
    'public.message_versions': 'all',
    'public.attachments': 'all',
    'public.changes': 'all',
    'public.invites':
      'id, chat_id, created_by, created_at, expires_at, max_uses, uses, revoked_at, needs_approval, history',
    'public.join_requests': 'chat_id, user_id, created_at',
    'public.reply_jobs':
      'id, chat_id, trigger_message_id, asker_id, message_id, state, attempts, partial, stop_requested_by, error, created_at, finished_at, kind, decision, receipt, status, retry_at',
  });
});

test('the service role writes by functions only, and those who are not signed in have nothing', async () => {
  for (const privilege of ['insert', 'update'] as const) expect(await columnsOf('service_role', privilege)).toEqual({});
  for (const privilege of ['select', 'insert', 'update'] as const)
    expect(await columnsOf('anon', privilege)).toEqual({});
});

test('nobody truncates, references or puts triggers on a table, nor makes anything in our schemas', async () => {
  const rights = await sql`
    select r.role, c.oid::regclass as table, p.privilege
    from unnest(array['anon', 'authenticated', 'service_role']) r(role), unnest(array['delete', 'truncate', 'references', 'trigger', 'maintain']) p(privilege), pg_class c
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
      and has_table_privilege(r.role, c.oid, p.privilege)`;
  expect([...rights]).toEqual([]);
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
