import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Api, createApi } from '../../supabase/local/api/api.ts';
import { useDatabase } from './support/database.ts';

/**
 * The library behind the embedded REST grants everything on all tables at its first request, unless it is held off by a private
 * field. Should that fail one day, every test of rights on the embedded stack would be worth nothing: this one cries out.
 */
const { sql, adminUrl } = await useDatabase();
const URL = 'http://127.0.0.1:1';
const keys = {
  jwtSecret: 'a secret of this test alone, long enough',
  publishableKey: 'sb_publishable_canary',
  secretKey: 'sb_secret_canary',
  databasePassword: '',
};

let api: Api;
let anon: SupabaseClient;
let signedIn: SupabaseClient;
let before: Rights;

beforeAll(async () => {
  await sql.unsafe(`
    create table public.vault (id integer primary key, open text, hidden text);
    alter table public.vault enable row level security;
    create policy "everybody reads" on public.vault for select to anon, authenticated using (true);
    create policy "people write" on public.vault for update to authenticated using (true);
    grant select (id, open), update (open) on public.vault to authenticated;
    insert into public.vault values (1, 'for all', 'for none');
    create table private.ledger (id integer);
    alter table private.ledger enable row level security;`);
  before = await readRights(sql);
  api = createApi({ adminUrl, keys, url: URL, jwtExpirySeconds: 60 });
  anon = client(keys.publishableKey);
  signedIn = client(keys.publishableKey);
  const { error } = await signedIn.auth.signUp({ email: 'canary@example.test', password: 'correct horse' });
  if (error) throw error;
});

afterAll(() => api.stop());

function client(key: string): SupabaseClient {
  const fetch = (input: RequestInfo | globalThis.URL, init?: RequestInit) => api.fetch(new Request(input, init));
  return createClient(URL, key, { global: { fetch }, auth: { persistSession: false, autoRefreshToken: false } });
}

type Rights = Awaited<ReturnType<typeof readRights>>;

/** Everything that says who may do what, and the helpers that policies ask. */
async function readRights(sql: Sql) {
  return {
    relations: await sql`
      select oid::regclass::text as name, relacl::text, relrowsecurity from pg_class
      where relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) order by oid`,
    columns: await sql`
      select attrelid::regclass::text as name, attname, attacl::text from pg_attribute where attacl is not null order by 1, 2`,
    functions: await sql`
      select oid::regprocedure::text as name, proacl::text, md5(prosrc) from pg_proc
      where pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) order by oid`,
    schemas: await sql`select nspname, nspacl::text from pg_namespace where nspname !~ '^pg_' order by 1`,
    defaults:
      await sql`select defaclrole::regrole::text, defaclnamespace, defaclobjtype, defaclacl::text from pg_default_acl order by oid`,
    memberships:
      await sql`select roleid::regrole::text as role, member::regrole::text from pg_auth_members order by 1, 2`,
    policies: await sql`select * from pg_policies order by schemaname, tablename, policyname`,
  };
}

describe('after requests of every kind', () => {
  test('what was granted works', async () => {
    const { data, error } = await signedIn.from('vault').update({ open: 'changed' }).eq('id', 1).select('id, open');
    expect({ data, error }).toEqual({ data: [{ id: 1, open: 'changed' }], error: null });
  });

  test('a column that was not granted stays hidden and unchanged', async () => {
    expect(await signedIn.from('vault').select('hidden')).toMatchObject({ status: 403, error: { code: '42501' } });
    const written = await signedIn.from('vault').update({ hidden: 'mine' }).eq('id', 1);
    expect(written).toMatchObject({ status: 403, error: { code: '42501' } });
    expect(await sql`select hidden from public.vault`).toEqual([{ hidden: 'for none' }]);
  });

  test('a table that was granted to others only is refused, whatever its policies say', async () => {
    expect(await anon.from('vault').select('id')).toMatchObject({ status: 401, error: { code: '42501' } });
    expect(await client(keys.secretKey).from('vault').select('id')).toMatchObject({ error: { code: '42501' } });
  });

  test('no right, policy, membership or helper differs from what the migrations left', async () => {
    await anon.rpc('my_chats');
    await signedIn.rpc('my_chats');
    await client(keys.secretKey).from('chats').select('id');
    await signedIn.auth.updateUser({ data: { seen: true } });
    await signedIn.auth.signOut();
    expect(await readRights(sql)).toEqual(before);
  });
});
