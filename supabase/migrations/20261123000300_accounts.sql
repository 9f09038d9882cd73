-- Accounts: what only its owner may see.

create table public.accounts (
  user_id uuid primary key references auth.users (id) on delete cascade,
  birth_date date
    constraint accounts_birth_date_past check (birth_date between date '1900-01-01' and current_date),
  plan text not null default 'free'
    constraint accounts_plan_known check (plan in ('free', 'plus', 'pro')),
  settings jsonb not null default '{}'
    constraint accounts_settings_object check (jsonb_typeof(settings) = 'object' and octet_length(settings::text) <= 8192),
  created_at timestamptz not null default now()
);

comment on table public.accounts is 'Owner-only facts of a person: birth date, plan, settings.';
comment on column public.accounts.birth_date is 'Asked once; stays as first stored.';

create function private.create_account() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.accounts (user_id) values (new.id) on conflict do nothing;
  return null;
end
$$;

comment on function private.create_account() is 'Trigger on auth.users; definer because the sign-up role may not write public tables.';

create trigger users_create_account after insert on auth.users
  for each row execute function private.create_account();

create function private.keep_birth_date() returns trigger
language plpgsql security invoker set search_path = '' as $$
begin
  if old.birth_date is not null then
    new.birth_date := old.birth_date;
  end if;
  return new;
end
$$;

comment on function private.keep_birth_date() is 'Trigger: a stored birth date does not change again.';

create trigger accounts_keep_birth_date before update on public.accounts
  for each row execute function private.keep_birth_date();

alter table public.accounts enable row level security;

create policy "people read their own account" on public.accounts
  for select to authenticated using (user_id = (select auth.uid()));

create policy "people change their own account" on public.accounts
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));

revoke all on public.accounts from anon, authenticated, service_role;
grant select on public.accounts to authenticated, service_role;
grant update (birth_date, settings) on public.accounts to authenticated;
