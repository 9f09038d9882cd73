import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { HOSTED_RULES, refusalsOf } from './hosted/rules.ts';
import { splitStatements } from './hosted/statements.ts';

const folder = new URL('../../supabase/migrations/', import.meta.url);
const migrations = readdirSync(folder).filter((name) => name.endsWith('.sql'));

test.for(migrations)('a hosted project would run %s', (name) => {
  const script = readFileSync(new URL(name, folder), 'utf8');
  expect(splitStatements(script).length).toBeGreaterThan(1);
  expect(refusalsOf(script)).toEqual([]);
});

test.for(HOSTED_RULES.map(({ name, example }) => [name, example] as const))('%s: %s', ([name, example]) => {
  expect(refusalsOf(example)).toEqual([`${name}: ${example.replace(/'[^']*'/g, "'…'")}`]);
});

test.for([
  'CREATE TRIGGER mine AFTER INSERT ON Realtime.Messages FOR EACH ROW EXECUTE FUNCTION private.f()',
  'create function realtime.mine() returns void language sql as $$ select 1 $$',
  'create or replace function auth.uid() returns uuid language sql as $$ select null $$',
  'drop table if exists auth.users',
  'create policy "mine" on auth.users for select using (true)',
  'grant select on auth.users to authenticated',
  'grant select on all tables in schema auth to anon',
  'revoke all on table realtime.messages from anon',
  "comment on table storage.objects is 'mine'",
  "insert into realtime.messages (topic) values ('x')",
  'delete from storage.objects',
  'create view storage.mine as select 1',
  'create unique index mine on storage.objects (name)',
  'alter table public.chats set schema auth',
  'create extension pg_net',
  'create extension pg_cron with schema extensions',
  'grant supabase_admin to authenticated',
  'alter default privileges for role supabase_admin grant select on tables to anon',
  'set role supabase_admin',
  'do $$ begin if true then alter table auth.users disable trigger all; end if; end $$',
  'do $outer$ begin execute $sql$ drop table realtime.messages $sql$; end $outer$',
  '/* nothing here */ alter -- no\n table auth.users add column x text',
  `create policy "a; b" on public.chats using (true); alter table auth.users add x text`,
])('refused: %s', (script) => {
  expect(refusalsOf(script)).toHaveLength(1);
});

test.for([
  'create trigger mine after insert on auth.users for each row execute function private.f()',
  'create policy "of realtime.messages" on realtime.messages for select to authenticated using (true)',
  'drop policy if exists "mine" on storage.objects',
  "insert into storage.buckets (id, name) values ('a', 'a')",
  'create table public.mine (id uuid primary key default auth.uid() references auth.users (id))',
  'create function public.mine() returns void language sql as $$ alter table auth.users add x text $$',
  "comment on table public.mine is 'alter table auth.users; drop table realtime.messages'",
  'create extension if not exists pgcrypto with schema extensions',
  'alter default privileges in schema public revoke all on tables from anon',
  'grant usage on schema private to authenticated',
  'grant select (id, chat_id) on public.invites to authenticated',
  'create policy "mine" on public.chats for select using (id in (select auth.uid()))',
])('allowed: %s', (script) => {
  expect(refusalsOf(script)).toEqual([]);
});
