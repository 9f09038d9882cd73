-- Guardians: an adult who looks after the account of somebody under 18. The adult makes a code, the minor enters and confirms it. From
-- then on the guardian may turn group chats off. The link ends with the guardian's word or the 18th birthday; the minor cannot drop it.
--
--   SR083 only for adults        SR084 only for people under 18        SR085 no such link        SR086 group chats are off

create table private.guardian_codes (
  guardian_id uuid primary key references public.profiles (id) on delete cascade,
  code_hash bytea not null unique,
  expires_at timestamptz not null
);

comment on table private.guardian_codes is 'The code that a guardian has at present: one, for a quarter of an hour, for one minor.';
comment on column private.guardian_codes.code_hash is 'SHA-256 of the code, which is nowhere in the database.';

create table private.guardianships (
  minor_id uuid not null references public.profiles (id) on delete cascade,
  guardian_id uuid not null references public.profiles (id) on delete cascade,
  groups_off boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (minor_id, guardian_id),
  constraint guardianships_two_people check (minor_id <> guardian_id)
);

create index guardianships_by_guardian on private.guardianships (guardian_id);

comment on table private.guardianships is 'Who looks after whom. Without effect from the 18th birthday on, whatever it says.';
comment on column private.guardianships.groups_off is 'Whether this guardian turned group chats off; of several guardians one is enough.';

create function private.has_groups_off(p_user uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select 1 from private.guardianships g where g.minor_id = p_user and g.groups_off) and private.is_minor(p_user)
$$;

comment on function private.has_groups_off(uuid) is 'Whether a guardian turned group chats off for somebody who is under 18 today. Definer, because nobody reads links.';

create function private.groups_off() returns boolean
language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := (select auth.uid());
begin
  -- Nearly nobody has a guardian: one look at a small index.
  return exists (select 1 from private.guardianships g where g.minor_id = v_me and g.groups_off) and private.is_minor(v_me);
end
$$;

comment on function private.groups_off() is 'The same for the caller: policies ask it once for a query. In plpgsql, which keeps its plan, for catching up asks it once for each change.';

create function private.make_guardian_code() returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_me uuid := private.require_user();
  -- Without the letters and digits that look alike; a fifth bit of each byte more or less makes none likelier.
  v_letters constant text := '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
  v_bytes bytea := extensions.gen_random_bytes(10);
  v_code text;
  v_until timestamptz := now() + interval '15 minutes';
begin
  perform private.require_profile(v_me);
  if private.is_minor(v_me) then
    raise exception 'only for adults' using errcode = 'SR083', hint = 'A guardian is at least 18 years old.';
  end if;
  v_code := (select string_agg(substr(v_letters, get_byte(v_bytes, i) % 32 + 1, 1), '' order by i) from generate_series(0, 9) i);
  insert into private.guardian_codes as c (guardian_id, code_hash, expires_at) values (v_me, private.hash_token(v_code), v_until)
  on conflict (guardian_id) do update set code_hash = excluded.code_hash, expires_at = excluded.expires_at;
  return jsonb_build_object('code', v_code, 'expires_at', v_until);
end
$$;

comment on function private.make_guardian_code() is 'Definer: makes the code in the database, 50 random bits, and returns it this once. A new one ends the one before.';

create function public.make_guardian_code() returns jsonb
language sql volatile security invoker set search_path = '' as $$ select private.make_guardian_code() $$;

comment on function public.make_guardian_code() is 'An adult offers to look after somebody''s account: {code, expires_at}. Raises SR005 or SR083 (under 18).';

create function private.tell_guardianship(p_minor uuid) returns void
language sql volatile security definer set search_path = '' as $$
  select private.tell(p.id, 'guardian', '{}')
  from (select p_minor union select g.guardian_id from private.guardianships g where g.minor_id = p_minor) p (id)
$$;

comment on function private.tell_guardianship(uuid) is 'Has the browsers of a minor and of their guardians read the link again.';

create function private.try_guardian_code(p_code text, p_accept boolean) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_me uuid := private.require_user();
  v_code text := upper(regexp_replace(coalesce(p_code, ''), '[^A-Za-z0-9]', '', 'g'));
  v_wait integer;
  v_guardian uuid;
begin
  perform private.require_profile(v_me);
  if not private.is_minor(v_me) then
    raise exception 'only for people under 18' using errcode = 'SR084', hint = 'A guardian looks after somebody under 18.';
  end if;
  v_wait := private.seconds_to_wait('person:' || v_me);
  if v_wait > 0 then
    return jsonb_build_object('kind', 'limited', 'retry_after', v_wait);
  end if;
  select c.guardian_id into v_guardian from private.guardian_codes c
  where c.code_hash = private.hash_token(v_code) and c.expires_at > now() and not private.is_minor(c.guardian_id) for update;
  if v_guardian is null then
    update private.invite_tries set wrong_at = wrong_at || clock_timestamp() where subject = 'person:' || v_me;
    return jsonb_build_object('kind', 'wrong');
  end if;
  if p_accept then
    insert into private.guardianships (minor_id, guardian_id) values (v_me, v_guardian) on conflict do nothing;
    delete from private.guardian_codes c where c.guardian_id = v_guardian;
    perform private.tell_guardianship(v_me);
  end if;
  return jsonb_build_object('kind', 'open', 'guardian', (
    select jsonb_build_object('id', p.id, 'display_name', p.display_name, 'username', p.username) from public.profiles p where p.id = v_guardian));
end
$$;

comment on function private.try_guardian_code(text, boolean) is 'Definer: codes are nobody''s to read. Wrong ones are counted with the wrong invites of the same person, and the answer is a value, so that the count is kept.';

create function public.try_guardian_code(p_code text, p_accept boolean default false) returns jsonb
language sql volatile security invoker set search_path = '' as $$ select private.try_guardian_code(p_code, p_accept) $$;

comment on function public.try_guardian_code(text, boolean) is 'A minor looks whose code it is, or accepts that person as guardian: {kind: open, guardian: {id, display_name, username}} | {kind: wrong} | {kind: limited, retry_after} in seconds. Raises SR005 or SR084 (not under 18).';

create function private.my_guardianships() returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('minor', private.is_minor(me.id), 'links', coalesce((
    select jsonb_agg(jsonb_build_object('role', case when g.guardian_id = me.id then 'guardian' else 'minor' end,
        'groups_off', g.groups_off, 'created_at', g.created_at, 'id', p.id, 'display_name', p.display_name, 'username', p.username)
      order by g.created_at, p.id)
    from private.guardianships g
    join public.profiles p on p.id = case when g.guardian_id = me.id then g.minor_id else g.guardian_id end
    where me.id in (g.minor_id, g.guardian_id) and private.is_minor(g.minor_id)), '[]'))
  from (select auth.uid()) me (id)
$$;

comment on function private.my_guardianships() is 'Definer: the caller''s own links, as either of the two.';

create function public.my_guardianships() returns jsonb
language sql stable security invoker set search_path = '' as $$ select private.my_guardianships() $$;

comment on function public.my_guardianships() is 'Whether the caller is under 18, whom they look after and who looks after them: {minor, links: [{role: guardian | minor, groups_off, created_at, id, display_name, username}]}, the last three of the other one.';

alter table private.guardian_codes enable row level security;
alter table private.guardianships enable row level security;

create policy "nobody reads guardians' codes" on private.guardian_codes for select to authenticated using (false);
create policy "nobody reads guardianships" on private.guardianships for select to authenticated using (false);

revoke all on private.guardian_codes, private.guardianships from anon, authenticated, service_role;
grant execute on function
  private.groups_off(),
  public.make_guardian_code(), private.make_guardian_code(),
  public.try_guardian_code(text, boolean), private.try_guardian_code(text, boolean),
  public.my_guardianships(), private.my_guardianships()
to authenticated;
