-- Auth: the helpers of hosted projects, and rights on the tables that @supabase/lite made. Runs after lite's own schema, whose
-- helpers it replaces: they do not read request.jwt.claims.

create schema if not exists auth;
grant usage on schema auth to postgres, anon, authenticated, service_role, supabase_auth_admin;

create or replace function auth.uid() returns uuid
language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.sub', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid
$$;

create or replace function auth.role() returns text
language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.role', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role')::text
$$;

create or replace function auth.email() returns text
language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.email', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email')::text
$$;

create or replace function auth.jwt() returns jsonb
language sql stable as $$
  select coalesce(nullif(current_setting('request.jwt.claim', true), ''), nullif(current_setting('request.jwt.claims', true), ''))::jsonb
$$;

grant execute on function auth.uid(), auth.role(), auth.email(), auth.jwt() to public;

-- By what method a session was opened, as hosted keeps it for the claim amr.
create table if not exists auth.mfa_amr_claims (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null references auth.sessions (id) on delete cascade,
  authentication_method text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (session_id, authentication_method)
);

-- lite writes its JSON columns as JSON texts inside JSON; policies and triggers must find objects, as on hosted.
create or replace function auth.unwrap(value jsonb) returns jsonb
language sql immutable set search_path = '' as $$
  select case jsonb_typeof(value) when 'string' then (value #>> '{}')::jsonb else value end
$$;

create or replace function auth.unwrap_user() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.raw_user_meta_data := auth.unwrap(new.raw_user_meta_data);
  new.raw_app_meta_data := auth.unwrap(new.raw_app_meta_data);
  return new;
end
$$;

create or replace function auth.unwrap_identity() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.identity_data := auth.unwrap(new.identity_data);
  return new;
end
$$;

-- First by name: triggers of the migrations must find objects already.
create or replace trigger "00_unwrap" before insert or update on auth.users
  for each row execute function auth.unwrap_user();
create or replace trigger "00_unwrap" before insert or update on auth.identities
  for each row execute function auth.unwrap_identity();

grant all on all tables in schema auth to postgres, supabase_auth_admin, service_role;
revoke all on all tables in schema auth from public, anon, authenticated;
