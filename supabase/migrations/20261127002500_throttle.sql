-- Throttle: who tries wrong invite tokens waits. Wrong tokens are counted for the address and for the person; right ones never are.
--
-- Locks on tries are taken before all others: the address, then the person.

create unlogged table private.invite_tries (
  subject text primary key
    constraint invite_tries_subject_sealed check (subject ~ '^(address:[0-9a-f]{64}|person:[0-9a-f-]{36})$'),
  wrong_at timestamptz[] not null default '{}'
    constraint invite_tries_wrong_at_short check (cardinality(wrong_at) <= 10),
  touched_at timestamptz not null default clock_timestamp()
);

comment on table private.invite_tries is 'The wrong tokens of the last minute. Unlogged: neither the write-ahead log nor a backup keeps who was there.';
comment on column private.invite_tries.subject is 'A person''s id, or the seal of an address, whose key is not in the database.';
comment on column private.invite_tries.wrong_at is 'When, oldest first. Ten within a minute are the limit, and no more are tried.';

create function private.seconds_to_wait(p_subject text) returns integer
language sql volatile security definer set search_path = '' as $$
  insert into private.invite_tries as t (subject) values (p_subject)
  on conflict (subject) do update set touched_at = clock_timestamp(),
    wrong_at = array(select at from unnest(t.wrong_at) at where at > clock_timestamp() - interval '1 minute' order by at)
  returning case when cardinality(wrong_at) < 10 then 0
    else greatest(ceil(extract(epoch from wrong_at[1] + interval '1 minute' - clock_timestamp())), 1) end::integer
$$;

comment on function private.seconds_to_wait(text) is 'Definer: 0 while another wrong token may follow. Holds the subject''s row until the transaction ends, so that of many tries at once each sees those before it.';

create function private.try_invite(p_token text, p_user uuid, p_address text, p_redeem boolean) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_subjects text[] := array['address:' || p_address] || case when p_user is not null then array['person:' || p_user] end;
  v_subject text;
  v_wait integer := 0;
begin
  foreach v_subject in array v_subjects loop
    v_wait := greatest(v_wait, private.seconds_to_wait(v_subject));
  end loop;
  -- Before the token is looked at: whoever is over the limit does not learn from the answer whether it was right.
  if v_wait > 0 then
    return jsonb_build_object('kind', 'limited', 'retry_after', v_wait);
  end if;
  begin
    return jsonb_build_object('kind', 'open', 'value',
      case when p_redeem then private.redeem_invite(p_token, p_user) else private.preview_invite(p_token, p_user) end);
  exception when sqlstate 'SR004' then
    -- Of the error, only this block is undone; the answer is a value, so that the count is kept.
    update private.invite_tries set wrong_at = wrong_at || clock_timestamp() where subject = any (v_subjects);
    return jsonb_build_object('kind', 'wrong');
  end;
end
$$;

comment on function private.try_invite(text, uuid, text, boolean) is 'Definer: tries are not open to anybody. Whatever a stranger is told SR004 for counts as a wrong token: unknown, expired, revoked and used-up ones alike.';

create function public.try_invite(p_token text, p_user uuid, p_address text, p_redeem boolean) returns jsonb
language sql volatile security invoker set search_path = '' as $$
  select private.try_invite(p_token, p_user, p_address, p_redeem)
$$;

comment on function public.try_invite(text, uuid, text, boolean) is 'For the function invite: preview_invite or redeem_invite for whoever comes from outside, with a limit of ten wrong tokens a minute for the address (its seal: 64 hexadecimal digits) and for the person, if there is one. {kind: open, value} | {kind: wrong} | {kind: limited, retry_after} in seconds. Raises SR003 or SR005.';

create function private.forget_tries() returns integer
language plpgsql security definer set search_path = '' as $$
declare
  v_count integer;
begin
  -- Rows that somebody holds are in use, and waiting for several at once could deadlock.
  delete from private.invite_tries where subject in (
    select t.subject from private.invite_tries t where t.touched_at < clock_timestamp() - interval '1 minute' for update skip locked);
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

comment on function private.forget_tries() is 'Definer, for pg_cron, or for whoever runs the functions where there is none: removes the tries that no longer count; returns how many rows.';

alter table private.invite_tries enable row level security;

create policy "nobody reads tries" on private.invite_tries
  for select to authenticated using (false);

revoke all on private.invite_tries from anon, authenticated, service_role;
grant execute on function
  public.try_invite(text, uuid, text, boolean), private.try_invite(text, uuid, text, boolean)
to service_role;

-- Created by the sweeper's migration where it exists.
do $outer$
begin
  if exists (select 1 from pg_extension where extname = 'pg_cron') then
    perform cron.schedule('tries-sweep', '* * * * *', 'select private.forget_tries()');
  end if;
end
$outer$;
