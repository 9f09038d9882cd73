-- Quotas: how often the AI answers a person, by plan. Only its answers are counted, and against the person answered; what people
-- write is never limited. Answers that nobody asked for draw on the chat's own small bucket.

create table private.plans (
  id text primary key,
  replies integer constraint plans_replies_positive check (replies > 0),
  period interval not null default interval '3 hours' constraint plans_period_positive check (period > interval '0')
);

insert into private.plans (id, replies, period) values
  ('free', 40, interval '3 hours'),
  ('plus', 200, interval '3 hours'),
  ('pro', null, interval '3 hours');

comment on table private.plans is 'What each plan allows; changed by changing a row.';
comment on column private.plans.replies is 'Answers of the AI to one person within a period; null: any number.';

alter table public.accounts
  drop constraint accounts_plan_known,
  add constraint accounts_plan_known foreign key (plan) references private.plans (id);

create index accounts_by_plan on public.accounts (plan);

create table private.quota_use (
  user_id uuid not null references public.profiles (id) on delete cascade,
  period_start timestamptz not null,
  used integer not null,
  primary key (user_id, period_start)
);

comment on table private.quota_use is 'How many answers a person had within a period.';

create table private.unasked_use (
  chat_id uuid not null references public.chats (id) on delete cascade,
  period_start timestamptz not null,
  used integer not null,
  primary key (chat_id, period_start)
);

comment on table private.unasked_use is 'How many answers that nobody asked for a chat had within an hour.';

alter table public.reply_jobs add column charged timestamptz;

comment on column public.reply_jobs.charged is 'Beginning of the period of the asker''s quota that this answer was taken from; null: none.';

create function private.max_unasked() returns integer
language sql immutable security invoker set search_path = '' as $$ select 12 $$;

comment on function private.max_unasked() is 'How often the AI speaks unasked in a chat within an hour.';

create function private.period_start(p_period interval) returns timestamptz
language sql stable security invoker set search_path = '' as $$
  select to_timestamp(floor(extract(epoch from now()) / extract(epoch from p_period)) * extract(epoch from p_period))
$$;

comment on function private.period_start(interval) is 'When the present period of that length began.';

create function private.take_reply(p_user uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_plan private.plans;
  v_start timestamptz;
begin
  select p.* into v_plan from public.accounts a join private.plans p on p.id = a.plan where a.user_id = p_user;
  if v_plan.replies is null then
    return jsonb_build_object('taken', true, 'start', null);
  end if;
  v_start := private.period_start(v_plan.period);
  insert into private.quota_use as q (user_id, period_start, used) values (p_user, v_start, 1)
  on conflict (user_id, period_start) do update set used = q.used + 1 where q.used < v_plan.replies;
  return jsonb_build_object('taken', found, 'start', v_start, 'resets_at', v_start + v_plan.period);
end
$$;

comment on function private.take_reply(uuid) is 'Takes one answer from a person''s quota: {taken, start, resets_at}. Atomic: of many at once no more than the plan allows are taken.';

create function private.my_quota() returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('plan', p.id, 'replies', p.replies, 'used', coalesce(q.used, 0),
    'resets_at', private.period_start(p.period) + p.period)
  from public.accounts a
  join private.plans p on p.id = a.plan
  left join private.quota_use q on q.user_id = a.user_id and q.period_start = private.period_start(p.period)
  where a.user_id = (select auth.uid())
$$;

comment on function private.my_quota() is 'Definer: the caller''s plan and what is used of it.';

create function public.my_quota() returns jsonb
language sql stable security invoker set search_path = '' as $$ select private.my_quota() $$;

comment on function public.my_quota() is 'How often the AI answers the caller: {plan, replies (null: any number), used, resets_at}.';

create function private.give_back(p_job public.reply_jobs) returns void
language sql volatile security definer set search_path = '' as $$
  update private.quota_use q set used = greatest(0, q.used - 1)
  where p_job.charged is not null and q.user_id = p_job.asker_id and q.period_start = p_job.charged
$$;

comment on function private.give_back(public.reply_jobs) is 'An answer that did not come costs nothing.';

create or replace function private.end_reply(p_job uuid, p_state public.reply_state, p_body text, p_error text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_before public.reply_jobs;
  v_job public.reply_jobs;
  v_status public.message_status := case p_state when 'done' then 'complete' when 'stopped' then 'stopped' else 'failed' end;
  -- What a model says beyond the longest message is cut: a refused row would leave the reply without an end.
  v_body text := left(p_body, 100000);
begin
  select * into v_before from public.reply_jobs j where j.id = p_job;
  if p_state <> 'done' and v_body = '' and v_before.partial = '' then
    perform private.give_back(v_before);
    update public.reply_jobs set charged = null where id = p_job;
  end if;
  update public.reply_jobs
  set state = p_state, error = p_error, lease_token = null, lease_until = null, partial = '', finished_at = now()
  where id = p_job returning * into v_job;
  if exists (select 1 from public.messages m where m.id = v_job.message_id) then
    update public.messages set body = v_body, status = v_status where id = v_job.message_id;
  elsif p_state <> 'stopped' or v_body <> '' then
    insert into public.messages (id, chat_id, kind, author_id, body, status, reply_to)
    values (v_job.message_id, v_job.chat_id, 'assistant', null, v_body, v_status, v_job.trigger_message_id);
  end if;
  perform private.publish(v_job.chat_id, 'reply', private.reply_json(v_job));
end
$$;

create function private.end_at_limit(p_job uuid, p_resets_at timestamptz) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_job public.reply_jobs;
begin
  update public.reply_jobs set state = 'failed', error = 'quota', lease_token = null, lease_until = null, finished_at = now()
  where id = p_job returning * into v_job;
  perform private.publish(v_job.chat_id, 'reply', private.reply_json(v_job));
  perform private.tell(v_job.asker_id, 'limit', jsonb_build_object(
    'chat_id', v_job.chat_id, 'message_id', v_job.trigger_message_id, 'resets_at', p_resets_at));
end
$$;

comment on function private.end_at_limit(uuid, timestamptz) is 'Ends a job whose asker has had all answers of this period: nothing appears in the chat, and the asker alone is told.';

create or replace function private.claim_reply(p_chat uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_job public.reply_jobs;
  v_quota jsonb;
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

  -- What was asked for is taken from the asker's quota when it is begun, once.
  if v_job.kind = 'answer' and v_job.decision is null and v_job.charged is null and v_job.attempts = 0 and v_job.asker_id is not null then
    v_quota := private.take_reply(v_job.asker_id);
    if not (v_quota ->> 'taken')::boolean then
      perform private.end_at_limit(v_job.id, (v_quota ->> 'resets_at')::timestamptz);
      return jsonb_build_object('job_id', v_job.id, 'lease', null);
    end if;
  end if;

  update public.reply_jobs
  set state = 'running', attempts = attempts + 1, lease_token = gen_random_uuid(),
    lease_until = now() + private.reply_lease(), partial = '', error = null,
    charged = coalesce(charged, (v_quota ->> 'start')::timestamptz)
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

create or replace function private.decide_turn(p_job uuid, p_lease uuid, p_decision text, p_message uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_job public.reply_jobs;
  v_decision jsonb := p_decision::jsonb;
  v_chat public.chats;
begin
  select * into v_job from public.reply_jobs j
  where j.id = p_job and j.lease_token = p_lease and j.state = 'running' and j.kind = 'turn' for update;
  if v_job.id is null then
    return false;
  end if;
  if v_decision ->> 'action' = 'reply' then
    insert into private.unasked_use as u (chat_id, period_start, used) values (v_job.chat_id, private.period_start(interval '1 hour'), 1)
    on conflict (chat_id, period_start) do update set used = u.used + 1 where u.used < private.max_unasked();
    if not found then
      perform private.end_turn(p_job, v_decision || jsonb_build_object('action', 'silent', 'reason', 'spoke_enough'));
      -- It holds no answer: whoever asked for the decision has nothing more to do.
      return false;
    end if;
    update public.reply_jobs set kind = 'answer', decision = v_decision where id = p_job returning * into v_job;
    perform private.publish(v_job.chat_id, 'reply', private.reply_json(v_job));
    return true;
  end if;
  if v_decision ->> 'action' = 'react' then
    select * into v_chat from public.chats c where c.id = v_job.chat_id for no key update;
    if private.is_emoji(v_decision ->> 'emoji')
      and exists (
        select 1 from public.messages m where m.id = p_message and m.chat_id = v_chat.id and m.kind = 'member' and m.deleted_at is null)
      and (select count(*) from private.assistant_reactions a
        where a.chat_id = v_chat.id and a.created_at > now() - interval '1 hour') < private.max_assistant_reactions() then
      insert into private.assistant_reactions (message_id, chat_id, emoji)
      values (p_message, v_chat.id, v_decision ->> 'emoji') on conflict do nothing;
    else
      v_decision := v_decision || jsonb_build_object('action', 'silent', 'reason', 'reacted_enough');
    end if;
  end if;
  perform private.end_turn(p_job, v_decision);
  return true;
end
$$;

create function private.forget_use() returns void
language sql volatile security definer set search_path = '' as $$
  delete from private.quota_use q where q.period_start < now() - interval '40 days';
  delete from private.unasked_use u where u.period_start < now() - interval '2 days';
$$;

comment on function private.forget_use() is 'Definer, for the purge: counts of periods that are over.';

create or replace function public.purge_rows() returns integer
language plpgsql volatile security invoker set search_path = '' as $$
begin
  perform private.forget_use();
  return private.purge_rows();
end
$$;

alter table private.plans enable row level security;
alter table private.quota_use enable row level security;
alter table private.unasked_use enable row level security;

create policy "nobody reads plans" on private.plans for select to authenticated using (false);
create policy "nobody reads quotas" on private.quota_use for select to authenticated using (false);
create policy "nobody reads what was unasked" on private.unasked_use for select to authenticated using (false);

revoke all on private.plans, private.quota_use, private.unasked_use from anon, authenticated, service_role;
grant execute on function private.forget_use() to service_role;
grant execute on function public.my_quota(), private.my_quota() to authenticated;
