-- Call limits: how often a person, and an address, may call each of the functions. Counted for every call, right or wrong; wrong invite
-- tokens are counted besides (decision 16). The scheduler, who holds the secret key, is not counted.
--
-- Locks on calls are taken before all others: the address, then the person.

create table private.call_limits (
  function text primary key,
  per_person integer not null,
  per_address integer not null
);

insert into private.call_limits (function, per_person, per_address) values
  ('invite', 60, 600),
  ('reply', 120, 1200),
  ('speech', 30, 300),
  ('copy', 20, 200),
  ('purge', 10, 30);

comment on table private.call_limits is 'Calls a minute, by function. Changed by changing its rows. Behind one address there may be a whole school.';

create unlogged table private.calls (
  subject text primary key,
  busy_until timestamptz not null
);

comment on table private.calls is 'Who called lately. Unlogged: neither the write-ahead log nor a backup keeps who was there.';
comment on column private.calls.subject is 'The function, and a person''s id or the seal of an address, whose key is not in the database.';
comment on column private.calls.busy_until is 'Each call adds its share of a minute; nobody may be busy for longer than a minute from now.';

create function private.seconds_until_call(p_subject text, p_limit integer) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_share interval := interval '1 minute' / greatest(p_limit, 1);
begin
  insert into private.calls as c (subject, busy_until) values (p_subject, clock_timestamp() + v_share)
  on conflict (subject) do update set busy_until = greatest(c.busy_until, clock_timestamp()) + v_share
    where c.busy_until + v_share <= clock_timestamp() + interval '1 minute';
  if found then
    return 0;
  end if;
  return (
    select greatest(ceil(extract(epoch from c.busy_until + v_share - interval '1 minute' - clock_timestamp())), 1)
    from private.calls c where c.subject = p_subject);
end
$$;

comment on function private.seconds_until_call(text, integer) is 'Definer: counts a call and gives 0, or how long to wait. Of many at once each sees those before it, by the row''s lock.';

create function private.count_call(p_function text, p_user uuid, p_address text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_limit private.call_limits;
  v_wait integer;
begin
  select * into strict v_limit from private.call_limits l where l.function = p_function;
  v_wait := private.seconds_until_call(p_function || ' address:' || p_address, v_limit.per_address);
  if v_wait = 0 and p_user is not null then
    v_wait := private.seconds_until_call(p_function || ' person:' || p_user, v_limit.per_person);
  end if;
  return jsonb_build_object('retry_after', v_wait);
end
$$;

comment on function private.count_call(text, uuid, text) is 'Definer, because both tables are closed. A value, so that the count is kept.';

create function public.count_call(p_function text, p_user uuid, p_address text) returns jsonb
language sql volatile security invoker set search_path = '' as $$ select private.count_call(p_function, p_user, p_address) $$;

comment on function public.count_call(text, uuid, text) is 'For the functions: counts a call of a person, if there is one, from an address (its seal). {retry_after}: 0, or for how many seconds nothing more is taken.';

create or replace function private.forget_tries() returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_tries integer;
  v_calls integer;
begin
  -- Rows that somebody holds are in use, and waiting for several at once could deadlock.
  delete from private.invite_tries where subject in (
    select t.subject from private.invite_tries t where t.touched_at < clock_timestamp() - interval '1 minute' for update skip locked);
  get diagnostics v_tries = row_count;
  delete from private.calls where subject in (
    select c.subject from private.calls c where c.busy_until < clock_timestamp() for update skip locked);
  get diagnostics v_calls = row_count;
  return v_tries + v_calls;
end
$$;

comment on function private.forget_tries() is 'Definer, for pg_cron, or for whoever runs the functions where there is none: removes the tries and calls that no longer count; returns how many rows.';

alter table private.call_limits enable row level security;
alter table private.calls enable row level security;

create policy "nobody reads call limits" on private.call_limits for select to authenticated using (false);
create policy "nobody reads calls" on private.calls for select to authenticated using (false);

revoke all on private.call_limits, private.calls from anon, authenticated, service_role;
grant execute on function public.count_call(text, uuid, text), private.count_call(text, uuid, text) to service_role;
