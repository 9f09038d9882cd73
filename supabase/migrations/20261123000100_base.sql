-- Base: the schema for helpers, and the rule that nothing is callable or readable unless a later file grants it by name.
--
-- Errors raised by this project carry an SQLSTATE of class SR; clients map the code, never the text:
--   SR001 not signed in          SR002 not a member        SR003 group full
--   SR004 invite not valid       SR005 profile required    SR006 creator cannot be removed
--   SR007 not found              SR010 username taken      SR011 profile not valid
--
-- Row locks are taken in one order, so that no two writers wait for each other: profile, invite, reply job, chat, then the rest.

create extension if not exists pgcrypto with schema extensions;

create schema if not exists private;

comment on schema private is 'Helpers behind the policies and functions of public. Never exposed through the API.';

revoke all on schema private from public;
grant usage on schema private to authenticated, service_role;

alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke execute on functions from anon, authenticated, service_role;
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;

create function private.require_user() returns uuid
language plpgsql stable security invoker set search_path = '' as $$
declare
  v_user uuid := (select auth.uid());
begin
  if v_user is null then
    raise exception 'not signed in' using errcode = 'SR001', hint = 'Sign in and try again.';
  end if;
  return v_user;
end
$$;

comment on function private.require_user() is 'The caller''s id; raises SR001 when nobody is signed in.';

create function private.touch_updated_at() returns trigger
language plpgsql security invoker set search_path = '' as $$
begin
  new.updated_at := now();
  return new;
end
$$;

comment on function private.touch_updated_at() is 'Trigger: keeps updated_at true.';

grant execute on function private.require_user() to authenticated, service_role;
