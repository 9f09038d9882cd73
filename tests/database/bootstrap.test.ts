import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { bootstrapDatabase, prepareDatabase } from '../../supabase/local/database/prepare.ts';

/** An empty hosted project, as our bootstrap imitates it. */
const name = `bootstrap_${randomBytes(6).toString('hex')}`;
const adminUrl = `${inject('databaseServer')}${name}`;
const migrationUrl = `${inject('databaseMigrator')}${name}`;
const { password } = new URL(migrationUrl);
const server = postgres(`${inject('databaseServer')}postgres`, { max: 1 });
const admin = postgres(adminUrl, { max: 2, onnotice: () => undefined });
const migrator = postgres(migrationUrl, { max: 1, onnotice: () => undefined });

beforeAll(async () => {
  await server`create database ${server(name)}`;
  await bootstrapDatabase({ adminUrl, password });
});

afterAll(async () => {
  await Promise.all([admin.end(), migrator.end()]);
  await server`drop database ${server(name)} with (force)`;
  await server.end();
});

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'accepted',
    (error: unknown) => (error as { code?: string }).code,
  );

describe('the role that migrates', () => {
  test('is no superuser, and owns nothing that hosted keeps for itself', async () => {
    expect(
      await migrator`select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication from pg_roles where rolname = current_user`,
    ).toEqual([{ rolsuper: false, rolcreaterole: true, rolcreatedb: true, rolbypassrls: true, rolreplication: true }]);
    expect(await refusal(migrator`alter table auth.users add column mine text`)).toBe('42501');
    expect(await refusal(migrator`create table auth.mine (id integer)`)).toBe('42501');
    expect(await refusal(migrator`create function realtime.mine() returns void language sql as ''`)).toBe('42501');
    expect(await refusal(migrator`alter system set work_mem = '1GB'`)).toBe('42501');
    expect(await refusal(migrator`set role supabase_admin`)).toBe('42501');
  });

  test('creates the extensions that hosted offers', async () => {
    for (const extension of ['pg_trgm', 'citext', 'btree_gist', 'pgcrypto', 'uuid-ossp', 'pg_stat_statements']) {
      const work = migrator`create extension if not exists ${migrator(extension)} with schema extensions`;
      expect([extension, await refusal(work)]).toEqual([extension, 'accepted']);
    }
    expect(await refusal(migrator`create extension postgres_fdw`)).toBe('42501');
  });
});

test('what it creates in public is open to the API’s roles until it is closed, as on hosted', async () => {
  await migrator`create table public.open_by_default (id integer generated always as identity)`;
  await migrator`create function public.callable_by_default() returns integer language sql as 'select 1'`;
  const rights = await admin`
    select role,
      has_table_privilege(role, 'public.open_by_default', 'select, insert, update, delete, truncate') as whole_table,
      has_function_privilege(role, 'public.callable_by_default()', 'execute') as callable
    from unnest(array['anon', 'authenticated', 'service_role']) as role`;
  expect([...rights]).toEqual([
    { role: 'anon', whole_table: true, callable: true },
    { role: 'authenticated', whole_table: true, callable: true },
    { role: 'service_role', whole_table: true, callable: true },
  ]);
});

test('who somebody is comes from the claims of a request, in either of their forms', async () => {
  const id = '01a20a76-6966-70cc-99d3-c688b50ccc96';
  const ask = (settings: Record<string, string>) =>
    admin.begin(async (tx) => {
      for (const [setting, value] of Object.entries(settings)) await tx`select set_config(${setting}, ${value}, true)`;
      const [row] = await tx`select auth.uid(), auth.role(), auth.email(), auth.jwt()`;
      return row;
    });
  const claims = { sub: id, role: 'authenticated', email: 'ana@example.test', plan: 'pro' };
  expect(await ask({ 'request.jwt.claims': JSON.stringify(claims) })).toEqual({
    uid: id,
    role: 'authenticated',
    email: 'ana@example.test',
    jwt: claims,
  });
  expect(await ask({ 'request.jwt.claim.sub': id, 'request.jwt.claim.role': 'anon' })).toEqual({
    uid: id,
    role: 'anon',
    email: null,
    jwt: null,
  });
  expect(await ask({})).toEqual({ uid: null, role: null, email: null, jwt: null });
});

test('a broadcast is stored for its day, and one that fails takes nothing with it', async () => {
  await admin`select realtime.send('{"seq": 1}', 'change', 'chat:a', true)`;
  await admin`select realtime.send('[1]', 'change', 'chat:a', true)`;
  const rows = await admin`
    select payload ->> 'seq' as seq, payload ? 'id' as has_id, event, private, extension, tableoid::regclass::text as partition
    from realtime.messages where topic = 'chat:a'`;
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '_');
  expect([...rows]).toEqual([
    {
      seq: '1',
      has_id: true,
      event: 'change',
      private: true,
      extension: 'broadcast',
      partition: `realtime.messages_${day}`,
    },
  ]);
});

test('preparing a database applies the migrations once, and may be repeated', async () => {
  await migrator`drop table public.open_by_default`;
  await migrator`drop function public.callable_by_default()`;
  const applied = await prepareDatabase({ adminUrl, migrationUrl, password });
  expect(applied.length).toBeGreaterThan(0);
  expect(await prepareDatabase({ adminUrl, migrationUrl, password })).toEqual([]);
  const rows = await admin`select version, name from supabase_migrations.schema_migrations order by version`;
  expect(rows.map((row) => `${row.version}_${row.name}.sql`)).toEqual(applied);
});
