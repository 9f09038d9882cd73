-- Roles and rights that a hosted project brings with it. Runs as superuser supabase_admin, first; may be run again.
-- `postgres`, which migrates, is no superuser here either: what hosted would refuse is refused.

do $$
declare
  v_role text;
begin
  foreach v_role in array array['anon', 'authenticated', 'service_role', 'supabase_auth_admin', 'supabase_storage_admin', 'supabase_realtime_admin'] loop
    if not exists (select 1 from pg_roles where rolname = v_role) then
      execute format('create role %I nologin noinherit', v_role);
    end if;
  end loop;
  if not exists (select 1 from pg_roles where rolname = 'authenticator') then
    create role authenticator login noinherit;
  end if;
  if not exists (select 1 from pg_roles where rolname = 'postgres') then
    create role postgres login;
  end if;
end
$$;

alter role service_role bypassrls;
alter role postgres createrole createdb bypassrls replication;
-- Stands in for supautils, which lets postgres write policies on these two schemas' tables.
grant anon, authenticated, service_role, supabase_storage_admin, supabase_realtime_admin to postgres;
grant anon, authenticated, service_role to authenticator;
-- What they would be given on a hosted project.
alter role anon set statement_timeout = '3s';
alter role authenticated set statement_timeout = '8s';

create schema if not exists extensions;
grant usage on schema extensions to postgres, anon, authenticated, service_role;
grant create on schema extensions to postgres;
create extension if not exists pgcrypto with schema extensions;
create extension if not exists "uuid-ossp" with schema extensions;
create extension if not exists pg_stat_statements with schema extensions;

alter schema public owner to postgres;
grant usage on schema public to anon, authenticated, service_role;
-- Hosted grants everything on new tables and functions of public; the migrations' revokes are tested against that.
alter default privileges for role postgres in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges for role postgres in schema public grant all on functions to anon, authenticated, service_role;
alter default privileges for role postgres in schema public grant all on sequences to anon, authenticated, service_role;
