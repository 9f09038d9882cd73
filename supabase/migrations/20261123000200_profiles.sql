-- Profiles: the public face of a person. Who may see it is decided in the members file, where sharing a chat is known.

create table public.profiles (
  id uuid primary key references auth.users (id) on delete cascade,
  display_name text not null
    constraint profiles_display_name_shape check (display_name = btrim(display_name) and char_length(display_name) between 1 and 50),
  username text not null
    constraint profiles_username_shape check (username ~ '^[a-z0-9_.]{3,30}$')
    constraint profiles_username_free check (username not in ('ai', 'sideroom', 'assistant', 'all', 'everyone', 'here', 'system', 'admin')),
  avatar_path text
    constraint profiles_avatar_own check (avatar_path is null or avatar_path like id::text || '/%'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- Partial, though it leaves no row out: a plain unique index makes username a key that foreign keys might refer to, so a rename
-- would lock out every insert that refers to the profile, and deadlock with one that already holds the chat.
create unique index profiles_username_unique on public.profiles (username) where username is not null;

comment on table public.profiles is 'Public face of a person: seen by those who share or shared a chat with them.';
comment on column public.profiles.username is 'Unique handle for mentions: 3 to 30 of a-z 0-9 _ and dot.';
comment on column public.profiles.avatar_path is 'Object in the bucket avatars, below the owner''s id; null draws a generated picture.';

create function public.save_profile(p_display_name text, p_username text, p_avatar_path text default null) returns public.profiles
language plpgsql security invoker set search_path = '' as $$
declare
  v_user uuid := private.require_user();
  v_profile public.profiles;
begin
  insert into public.profiles as p (id, display_name, username, avatar_path)
  values (v_user, btrim(p_display_name), lower(btrim(p_username)), p_avatar_path)
  on conflict (id) do update
    set display_name = excluded.display_name, username = excluded.username, avatar_path = excluded.avatar_path
  returning p.* into v_profile;
  return v_profile;
exception
  when unique_violation then
    raise exception 'username taken' using errcode = 'SR010', hint = 'Choose another username.';
  when check_violation or not_null_violation then
    raise exception 'profile not valid' using errcode = 'SR011',
      hint = 'A name has 1 to 50 characters, a username 3 to 30 of a-z, 0-9, _ and dot.';
end
$$;

comment on function public.save_profile(text, text, text) is 'Creates or changes the caller''s profile. Raises SR010 (username taken) or SR011 (not valid).';

create function private.username_available(p_username text) returns boolean
language sql stable security definer set search_path = '' as $$
  select (select auth.uid()) is not null
    and not exists (
      select 1 from public.profiles p
      where p.username = lower(btrim(p_username)) and p.id <> (select auth.uid())
    )
$$;

comment on function private.username_available(text) is 'Definer because other people''s profiles are hidden: says only whether a username is free.';

create function public.username_available(p_username text) returns boolean
language sql stable security invoker set search_path = '' as $$
  select private.username_available(p_username)
$$;

comment on function public.username_available(text) is 'Whether the caller may take this username.';

create trigger profiles_touch before update on public.profiles
  for each row execute function private.touch_updated_at();

alter table public.profiles enable row level security;

create policy "people create their own profile" on public.profiles
  for insert to authenticated with check (id = (select auth.uid()));

create policy "people change their own profile" on public.profiles
  for update to authenticated using (id = (select auth.uid())) with check (id = (select auth.uid()));

revoke all on public.profiles from anon, authenticated, service_role;
grant select on public.profiles to authenticated;
grant insert (id, display_name, username, avatar_path) on public.profiles to authenticated;
grant update (display_name, username, avatar_path) on public.profiles to authenticated;
grant select on public.profiles to service_role;
grant execute on function public.save_profile(text, text, text) to authenticated;
grant execute on function public.username_available(text), private.username_available(text) to authenticated;
