-- Birth dates: asked once, before the profile, and seen by their owner alone. Whoever is younger than the deployment allows is turned
-- away, and nothing of them is kept. A chat with somebody under 18 in it is restricted: computed whenever it is asked, so that it
-- begins with the joining and ends with the leaving or the birthday, without anything stored that could be out of date.
--
--   SR080 birth date not valid        SR081 birth date required        SR082 birth date stands

create table private.age_rules (
  id boolean primary key default true constraint age_rules_single check (id),
  minimum_age smallint not null default 13 constraint age_rules_minimum_age_range check (minimum_age between 0 and 18)
);

insert into private.age_rules default values;

comment on table private.age_rules is 'One row: what this deployment allows. Changed by changing it.';
comment on column private.age_rules.minimum_age is 'Whoever is younger cannot have an account; 0: nobody is too young.';

create function private.born_by(p_years integer) returns date
language sql stable security invoker set search_path = '' as $$
  select ((now() at time zone 'Etc/GMT+12') - make_interval(years => p_years))::date
$$;

comment on function private.born_by(integer) is 'Whoever was born later is younger than so many years: counted where a day begins last, so that nobody counts as older than they are anywhere. A birthday on 29 February comes on 1 March.';

create function private.is_minor(p_user uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select coalesce((select a.birth_date from public.accounts a where a.user_id = p_user) > private.born_by(18), true)
$$;

comment on function private.is_minor(uuid) is 'Whether a person is under 18, or has not said. Definer, because birth dates are their owners'' alone to see: for functions that let nobody else learn it.';

create function private.is_restricted(p_chat uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.members m where m.chat_id = p_chat and private.is_minor(m.user_id))
$$;

comment on function private.is_restricted(uuid) is 'Whether somebody under 18 is in the chat. Never told to clients: in a group of two it would name the other.';

create function private.set_birth_date(p_birth_date date) returns text
language plpgsql security definer set search_path = '' as $$
declare
  v_me uuid := private.require_user();
  v_known date;
begin
  select a.birth_date into v_known from public.accounts a where a.user_id = v_me for update;
  if v_known is not null then
    if v_known <> p_birth_date then
      raise exception 'birth date stands' using errcode = 'SR082', hint = 'You have told your date of birth already. It cannot be changed here.';
    end if;
    return 'stored';
  end if;
  if p_birth_date is null or p_birth_date < date '1900-01-01' or p_birth_date > current_date then
    raise exception 'birth date not valid' using errcode = 'SR080', hint = 'Check the day, the month and the year.';
  end if;
  if p_birth_date > (select private.born_by(r.minimum_age) from private.age_rules r) then
    -- A value, for an error would keep the account.
    delete from auth.users u where u.id = v_me and not exists (select 1 from public.profiles p where p.id = v_me);
    return 'too_young';
  end if;
  update public.accounts set birth_date = p_birth_date where user_id = v_me;
  return 'stored';
end
$$;

comment on function private.set_birth_date(date) is 'Definer: stores the caller''s date once. Whoever is too young loses the account that they were just making, and nothing of them stays.';

create function public.set_birth_date(p_birth_date date) returns text
language sql volatile security invoker set search_path = '' as $$ select private.set_birth_date(p_birth_date) $$;

comment on function public.set_birth_date(date) is 'Tells one''s date of birth, once: stored, or too_young (the account is gone). Again with the same date is stored. Raises SR080 (no such date) or SR082 (another one stands).';

create function private.require_birth_date() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  -- Somebody else's profile is for the policies to refuse.
  if new.id = (select auth.uid()) and not exists (select 1 from public.accounts a where a.user_id = new.id and a.birth_date is not null) then
    raise exception 'birth date required' using errcode = 'SR081', hint = 'Tell your date of birth first.';
  end if;
  return new;
end
$$;

comment on function private.require_birth_date() is 'Trigger: nobody takes part without having told their date of birth.';

create trigger profiles_require_birth_date before insert on public.profiles
  for each row execute function private.require_birth_date();

alter table private.age_rules enable row level security;

create policy "nobody reads the age rules" on private.age_rules for select to authenticated using (false);

revoke all on private.age_rules from anon, authenticated, service_role;
revoke update (birth_date) on public.accounts from authenticated;
grant execute on function public.set_birth_date(date), private.set_birth_date(date) to authenticated;
