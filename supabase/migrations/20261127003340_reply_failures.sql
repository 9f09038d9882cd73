-- Failures of replies: when asking again may help is kept with why nothing came, and an answer that a person's pictures stand against
-- is ended as any other limit is.

alter table public.reply_jobs add column retry_at timestamptz;

comment on column public.reply_jobs.error is 'Why it failed: unreachable, unauthorized, limited, credit, too_long, refused, model, crashed, unknown; or which limit stands against it: quota, pictures, ceiling.';
comment on column public.reply_jobs.retry_at is 'When its service said that asking again may help; null: it did not say.';

drop function public.finish_reply(uuid, uuid, public.reply_state, text, text, boolean);
drop function private.finish_reply(uuid, uuid, public.reply_state, text, text, boolean);

create function private.finish_reply(
  p_job uuid, p_lease uuid, p_state public.reply_state, p_body text, p_error text, p_retry boolean, p_wait integer) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_job public.reply_jobs;
  v_period interval;
  v_again timestamptz := now() + make_interval(secs => p_wait);
begin
  select * into v_job from public.reply_jobs j
  where j.id = p_job and j.lease_token = p_lease and j.state = 'running' for update;
  if v_job.id is null then
    return false;
  end if;
  update public.reply_jobs set retry_at = v_again where id = p_job and retry_at is distinct from v_again;
  if p_state = 'failed' and p_error = 'pictures' then
    select p.pictures_period into v_period
    from public.accounts a join private.plans p on p.id = a.plan where a.user_id = v_job.asker_id;
    perform private.give_back(v_job);
    update public.reply_jobs set charged = null where id = p_job;
    perform private.end_at_limit(p_job, 'pictures', private.period_start(coalesce(v_period, '1 day')) + coalesce(v_period, '1 day'));
  -- A reply never hangs for longer than its three attempts may take: what its service puts off further has failed.
  elsif p_state = 'failed' and p_retry and v_job.attempts < private.max_reply_attempts() and coalesce(p_wait, 0) <= 20 then
    update public.reply_jobs
    set state = 'queued', error = p_error, lease_token = null, lease_until = null, partial = '',
      run_after = greatest(now() + make_interval(secs => 2 ^ v_job.attempts), v_again)
    where id = p_job returning * into v_job;
    perform private.publish(v_job.chat_id, 'reply', private.reply_json(v_job));
  else
    perform private.end_reply(p_job, p_state, p_body, p_error);
  end if;
  return true;
end
$$;

comment on function private.finish_reply(uuid, uuid, public.reply_state, text, text, boolean, integer) is 'Definer: ends a job under its lease, or queues it again with backoff. False: the lease is lost, nothing was written.';

create function public.finish_reply(
  p_job uuid, p_lease uuid, p_state public.reply_state, p_body text default '', p_error text default null,
  p_retry boolean default false, p_wait integer default null) returns boolean
language sql volatile security invoker set search_path = '' as $$
  select private.finish_reply(p_job, p_lease, p_state, p_body, p_error, p_retry, p_wait)
$$;

comment on function public.finish_reply(uuid, uuid, public.reply_state, text, text, boolean, integer) is 'For the function reply: p_wait is after how many seconds asking again may help. False when the lease was lost.';

grant select (retry_at) on public.reply_jobs to authenticated;
grant execute on function
  public.finish_reply(uuid, uuid, public.reply_state, text, text, boolean, integer),
  private.finish_reply(uuid, uuid, public.reply_state, text, text, boolean, integer)
to service_role;
