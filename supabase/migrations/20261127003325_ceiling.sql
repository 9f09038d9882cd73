-- The ceiling: a claim sets money of the day aside before a model is asked, so that answers that are made at once do not spend it
-- twice. At the ceiling the asker alone is told, and nothing of their plan is taken.

create function private.set_aside() returns bigint
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_limit private.spending;
  v_used bigint;
begin
  select * into v_limit from private.spending;
  if v_limit.daily_micros is null then
    return 0;
  end if;
  -- One after the other until the end of the transaction: whoever comes next sees what this one set aside.
  perform pg_advisory_xact_lock(hashtextextended('sideroom.spending', 0));
  select coalesce((select d.micros from private.daily_spend d where d.day = private.today()), 0)
    + coalesce((select sum(j.reserved_micros) from public.reply_jobs j where j.state = 'running'), 0) into v_used;
  return case when v_used + v_limit.reserve_micros <= v_limit.daily_micros then v_limit.reserve_micros end;
end
$$;

comment on function private.set_aside() is 'Definer: what is to be set aside for one more answer of today; null when the day''s money is used up.';

-- Why nothing comes decides what the asker is told.
drop function private.end_at_limit(uuid, timestamptz);

create function private.end_at_limit(p_job uuid, p_reason text, p_resets_at timestamptz) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_job public.reply_jobs;
begin
  update public.reply_jobs
  set state = 'failed', error = p_reason, lease_token = null, lease_until = null, partial = '', finished_at = now()
  where id = p_job returning * into v_job;
  perform private.publish(v_job.chat_id, 'reply', private.reply_json(v_job));
  perform private.tell(v_job.asker_id, 'limit', jsonb_build_object(
    'chat_id', v_job.chat_id, 'message_id', v_job.trigger_message_id, 'resets_at', p_resets_at, 'reason', p_reason));
end
$$;

comment on function private.end_at_limit(uuid, text, timestamptz) is 'Ends a job that a limit stands against (quota: all answers of the asker''s period; ceiling: all money of the day): nothing appears in the chat, and the asker alone is told.';

create or replace function private.claim_reply(p_chat uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_job public.reply_jobs;
  v_quota jsonb;
  v_reserve bigint := private.set_aside();
  v_constraint text;
begin
  select j.* into v_job from public.reply_jobs j
  where (p_chat is null or j.chat_id = p_chat)
    and ((j.state = 'queued' and j.run_after <= now()) or (j.state = 'running' and j.lease_until < now()))
    and not exists (
      select 1 from public.reply_jobs r
      where r.chat_id = j.chat_id and r.id <> j.id
        and (r.state = 'running' or (r.state = 'queued' and r.created_at < j.created_at and not (r.kind = 'turn' and j.kind = 'answer'))))
    -- While somebody writes, what they are about to say is waited for, a few seconds at most.
    and not (j.kind = 'turn' and j.state = 'queued' and j.touched_at > now() - interval '4 seconds' and exists (
      select 1 from private.presence p where p.chat_id = j.chat_id and p.typing and p.seen_at > now() - interval '9 seconds'))
  order by (j.state = 'running') desc, j.kind, j.created_at
  for update skip locked limit 1;
  if v_job.id is null then
    return null;
  end if;

  if v_job.stop_requested_by is not null or v_job.attempts >= private.max_reply_attempts() then
    if v_job.kind = 'turn' then
      perform private.end_turn(v_job.id, jsonb_build_object('by', 'rules', 'action', 'silent', 'reason', 'could_not_decide'));
    elsif v_job.stop_requested_by is not null then
      perform private.end_reply(v_job.id, 'stopped', v_job.partial, null);
    else
      perform private.end_reply(v_job.id, 'failed', '', 'crashed');
    end if;
    return jsonb_build_object('job_id', v_job.id, 'lease', null);
  end if;

  -- The day's money is used up; what runs already has its own set aside. What nobody asked for ends without a word.
  if v_reserve is null and v_job.state = 'queued' then
    if v_job.kind = 'turn' then
      perform private.end_turn(v_job.id, jsonb_build_object('by', 'rules', 'action', 'silent', 'reason', 'spent_enough'));
    elsif v_job.decision is not null then
      perform private.end_reply(v_job.id, 'stopped', '', 'ceiling');
    else
      perform private.give_back(v_job);
      update public.reply_jobs set charged = null where id = v_job.id;
      perform private.end_at_limit(v_job.id, 'ceiling', (private.today() + 1)::timestamp at time zone 'UTC');
    end if;
    return jsonb_build_object('job_id', v_job.id, 'lease', null);
  end if;

  -- What was asked for is taken from the asker's quota when it is begun, once.
  if v_job.kind = 'answer' and v_job.decision is null and v_job.charged is null and v_job.attempts = 0 and v_job.asker_id is not null then
    v_quota := private.take_reply(v_job.asker_id);
    if not (v_quota ->> 'taken')::boolean then
      perform private.end_at_limit(v_job.id, 'quota', (v_quota ->> 'resets_at')::timestamptz);
      return jsonb_build_object('job_id', v_job.id, 'lease', null);
    end if;
  end if;

  update public.reply_jobs
  set state = 'running', attempts = attempts + 1, lease_token = gen_random_uuid(),
    lease_until = now() + private.reply_lease(), partial = '', error = null,
    charged = coalesce(charged, (v_quota ->> 'start')::timestamptz),
    reserved_micros = case when v_job.state = 'queued' then v_reserve else reserved_micros end
  where id = v_job.id returning * into v_job;
  -- That something is being considered concerns nobody.
  if v_job.kind = 'answer' then
    perform private.publish(v_job.chat_id, 'reply', private.reply_json(v_job));
  end if;
  return private.reply_json(v_job) || jsonb_build_object('lease', v_job.lease_token, 'kind', v_job.kind);
exception
  -- Another worker has just begun another reply of this chat.
  when unique_violation then
    get stacked diagnostics v_constraint = constraint_name;
    if v_constraint <> 'reply_jobs_one_running' then
      raise;
    end if;
    return null;
end
$$;
