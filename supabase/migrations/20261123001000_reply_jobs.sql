-- Reply jobs: one for each message that the AI must answer. Queued in the message's own transaction, worked by the function
-- reply under a lease, ended by exactly one message whose id was made at the queueing.

create type public.reply_state as enum ('queued', 'running', 'done', 'stopped', 'failed');

create table public.reply_jobs (
  id uuid primary key default gen_random_uuid(),
  chat_id uuid not null references public.chats (id) on delete cascade,
  trigger_message_id uuid not null unique references public.messages (id) on delete cascade,
  asker_id uuid references public.profiles (id) on delete set null,
  message_id uuid not null unique default gen_random_uuid(),
  state public.reply_state not null default 'queued',
  attempts integer not null default 0,
  run_after timestamptz not null default now(),
  lease_token uuid,
  lease_until timestamptz,
  partial text not null default '',
  stop_requested_by uuid references public.profiles (id) on delete set null,
  error text,
  created_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  constraint reply_jobs_lease_of_running check ((state = 'running') = (lease_token is not null and lease_until is not null)),
  constraint reply_jobs_end_of_ended check ((state in ('queued', 'running')) = (finished_at is null))
);

create unique index reply_jobs_one_running on public.reply_jobs (chat_id) where state = 'running';
create index reply_jobs_due on public.reply_jobs (run_after) where state in ('queued', 'running');
create index reply_jobs_by_chat on public.reply_jobs (chat_id, created_at);
create index reply_jobs_by_asker on public.reply_jobs (asker_id);
create index reply_jobs_by_stopper on public.reply_jobs (stop_requested_by);

comment on table public.reply_jobs is 'Work queue of the AI''s replies: at most one running per chat, in order.';
comment on column public.reply_jobs.asker_id is 'The person answered.';
comment on column public.reply_jobs.message_id is 'Id of the final message: made here, so that a reply is one row whoever crashes.';
comment on column public.reply_jobs.lease_token is 'Fencing token: whoever does not hold it writes nothing.';
comment on column public.reply_jobs.partial is 'The text so far, for members who come midway.';
comment on column public.reply_jobs.error is 'Why it failed: unreachable, unauthorized, limited, refused, model, crashed, unknown.';

create function private.reply_json(j public.reply_jobs) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object('job_id', j.id, 'chat_id', j.chat_id, 'message_id', j.message_id, 'trigger_message_id', j.trigger_message_id,
    'asker_id', j.asker_id, 'state', j.state, 'attempt', j.attempts, 'error', j.error, 'stopping', j.stop_requested_by is not null)
$$;

comment on function private.reply_json(public.reply_jobs) is 'A reply as clients receive it; the text comes in deltas or, at opening, as partial.';

create function private.queue_reply() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_chat public.chats;
  v_job public.reply_jobs;
begin
  if new.kind <> 'member' or new.target = 'people' then
    return null;
  end if;
  select * into v_chat from public.chats c where c.id = new.chat_id;
  if v_chat.reply_mode = 'off' then
    return null;
  end if;
  if v_chat.kind = 'solo' or private.mentions_ai(new.body)
    or exists (select 1 from public.messages m where m.id = new.reply_to and m.kind = 'assistant') then
    insert into public.reply_jobs (chat_id, trigger_message_id, asker_id) values (new.chat_id, new.id, new.author_id)
    returning * into v_job;
    perform private.publish(new.chat_id, 'reply', private.reply_json(v_job));
  end if;
  return null;
end
$$;

comment on function private.queue_reply() is 'Trigger: a mention, a reply to the AI, or any message of a solo chat queues an answer, in the message''s own transaction.';

-- After messages_log in the order of names: the question reaches everybody before "is thinking" does.
create trigger messages_queue_reply after insert on public.messages
  for each row execute function private.queue_reply();

create function private.max_reply_attempts() returns integer
language sql immutable security invoker set search_path = '' as $$ select 3 $$;

comment on function private.max_reply_attempts() is 'How often a reply is begun before it counts as failed.';

create function private.reply_lease() returns interval
language sql immutable security invoker set search_path = '' as $$ select interval '30 seconds' $$;

comment on function private.reply_lease() is 'How long a silent worker keeps a job; each delta and heartbeat renews it. Three of these end within the 90 s that a reply may hang.';

create function private.end_reply(p_job uuid, p_state public.reply_state, p_body text, p_error text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_job public.reply_jobs;
  v_status public.message_status := case p_state when 'done' then 'complete' when 'stopped' then 'stopped' else 'failed' end;
  -- What a model says beyond the longest message is cut: a refused row would leave the reply without an end.
  v_body text := left(p_body, 100000);
begin
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

comment on function private.end_reply(uuid, public.reply_state, text, text) is 'Ends a job and writes its one message in the same transaction. Callers hold the job''s lock.';

create function private.claim_reply(p_chat uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_job public.reply_jobs;
  v_constraint text;
begin
  select j.* into v_job from public.reply_jobs j
  where (p_chat is null or j.chat_id = p_chat)
    and ((j.state = 'queued' and j.run_after <= now()) or (j.state = 'running' and j.lease_until < now()))
    and not exists (
      select 1 from public.reply_jobs r
      where r.chat_id = j.chat_id and r.id <> j.id
        and (r.state = 'running' or (r.state = 'queued' and r.created_at < j.created_at)))
  order by (j.state = 'running') desc, j.created_at
  for update skip locked limit 1;
  if v_job.id is null then
    return null;
  end if;

  if v_job.stop_requested_by is not null then
    perform private.end_reply(v_job.id, 'stopped', v_job.partial, null);
    return jsonb_build_object('job_id', v_job.id, 'lease', null);
  elsif v_job.attempts >= private.max_reply_attempts() then
    perform private.end_reply(v_job.id, 'failed', '', 'crashed');
    return jsonb_build_object('job_id', v_job.id, 'lease', null);
  end if;

  update public.reply_jobs
  set state = 'running', attempts = attempts + 1, lease_token = gen_random_uuid(),
    lease_until = now() + private.reply_lease(), partial = '', error = null
  where id = v_job.id returning * into v_job;
  perform private.publish(v_job.chat_id, 'reply', private.reply_json(v_job));
  return private.reply_json(v_job) || jsonb_build_object('lease', v_job.lease_token);
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

comment on function private.claim_reply(uuid) is 'Definer: leases the next due job (of one chat, or of any), dead leases first. One that was stopped, or is out of attempts, is ended instead: its lease is null, and the caller asks again. Null: nothing due.';

create function private.append_reply(p_job uuid, p_lease uuid, p_offset integer, p_text text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_job public.reply_jobs;
begin
  update public.reply_jobs j
  set partial = j.partial || p_text, lease_until = now() + private.reply_lease()
  where j.id = p_job and j.lease_token = p_lease and j.state = 'running' and char_length(j.partial) = p_offset
  returning * into v_job;
  if v_job.id is null then
    return jsonb_build_object('held', false, 'stop', true);
  end if;
  if p_text <> '' then
    perform private.publish(v_job.chat_id, 'delta', jsonb_build_object('job_id', v_job.id, 'message_id', v_job.message_id,
      'chat_id', v_job.chat_id, 'attempt', v_job.attempts, 'offset', p_offset, 'text', p_text));
  end if;
  return jsonb_build_object('held', true, 'stop', v_job.stop_requested_by is not null);
end
$$;

comment on function private.append_reply(uuid, uuid, integer, text) is 'Definer: stores and broadcasts a delta, renews the lease (an empty text is a heartbeat) and says whether to stop. held false: the lease is lost, write nothing more. Offsets count characters (code points).';

create function private.finish_reply(p_job uuid, p_lease uuid, p_state public.reply_state, p_body text, p_error text, p_retry boolean) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_job public.reply_jobs;
begin
  select * into v_job from public.reply_jobs j
  where j.id = p_job and j.lease_token = p_lease and j.state = 'running' for update;
  if v_job.id is null then
    return false;
  end if;
  if p_state = 'failed' and p_retry and v_job.attempts < private.max_reply_attempts() then
    update public.reply_jobs
    set state = 'queued', error = p_error, lease_token = null, lease_until = null, partial = '',
      run_after = now() + make_interval(secs => 2 ^ v_job.attempts)
    where id = p_job returning * into v_job;
    perform private.publish(v_job.chat_id, 'reply', private.reply_json(v_job));
  else
    perform private.end_reply(p_job, p_state, p_body, p_error);
  end if;
  return true;
end
$$;

comment on function private.finish_reply(uuid, uuid, public.reply_state, text, text, boolean) is 'Definer: ends a job under its lease, or queues it again with backoff. False: the lease is lost, nothing was written.';

create function private.reply_context(p_job uuid, p_lease uuid, p_limit integer) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'chat', jsonb_build_object('id', c.id, 'kind', c.kind, 'title', c.title, 'instructions', c.instructions),
    'asker', (select jsonb_build_object('id', p.id, 'name', p.display_name, 'username', p.username) from public.profiles p where p.id = j.asker_id),
    'trigger_message_id', j.trigger_message_id,
    'members', (
      select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.display_name, 'username', p.username) order by m.joined_at), '[]')
      from public.members m join public.profiles p on p.id = m.user_id where m.chat_id = c.id),
    'messages', (
      select coalesce(jsonb_agg(t.message order by t.seq), '[]') from (
        select m.seq, jsonb_build_object('id', m.id, 'kind', m.kind, 'author_id', m.author_id, 'author', p.display_name,
          'body', m.body, 'reply_to', m.reply_to, 'created_at', m.created_at) as message
        from public.messages m left join public.profiles p on p.id = m.author_id
        where m.deleted_at is null and m.id in (
          (select l.id from public.messages l
            where l.chat_id = c.id and l.kind <> 'system' and l.deleted_at is null and l.status <> 'failed'
            order by l.seq desc limit least(p_limit, 200))
          union all
          select j.trigger_message_id)) t))
  from public.reply_jobs j join public.chats c on c.id = j.chat_id
  where j.id = p_job and j.lease_token = p_lease and j.state = 'running'
    and private.is_member(j.chat_id, j.asker_id)
$$;

comment on function private.reply_context(uuid, uuid, integer) is 'Definer: what goes to the model, for the holder of the lease alone: the latest messages, and the question however old it is. Null when the lease is lost or the person asked for has gone.';

create function private.stop_reply(p_job uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_user uuid;
  v_job public.reply_jobs;
begin
  select * into v_job from public.reply_jobs j where j.id = p_job for update;
  if v_job.id is null then
    return;
  end if;
  v_user := private.require_member(v_job.chat_id);
  update public.reply_jobs set stop_requested_by = v_user
  where id = p_job and state in ('queued', 'running') returning * into v_job;
  if v_job.state = 'queued' then
    perform private.end_reply(p_job, 'stopped', '', null);
  elsif v_job.state = 'running' then
    perform private.publish(v_job.chat_id, 'reply', private.reply_json(v_job));
  end if;
end
$$;

comment on function private.stop_reply(uuid) is 'Definer: any member stops a reply; a queued one ends at once, a running one at its next delta or heartbeat.';

create function private.retry_reply(p_job uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_job public.reply_jobs;
begin
  select * into v_job from public.reply_jobs j where j.id = p_job for update;
  if v_job.id is null then
    return;
  end if;
  perform private.require_member(v_job.chat_id);
  update public.reply_jobs
  set state = 'queued', attempts = 0, error = null, stop_requested_by = null, run_after = now(), finished_at = null
  where id = p_job and state = 'failed' returning * into v_job;
  if found then
    perform private.publish(v_job.chat_id, 'reply', private.reply_json(v_job));
  end if;
end
$$;

comment on function private.retry_reply(uuid) is 'Definer: any member queues a failed reply again; its message is then rewritten, not doubled.';

create function public.claim_reply(p_chat uuid default null) returns jsonb
language sql volatile security invoker set search_path = '' as $$ select private.claim_reply(p_chat) $$;

create function public.append_reply(p_job uuid, p_lease uuid, p_offset integer, p_text text) returns jsonb
language sql volatile security invoker set search_path = '' as $$ select private.append_reply(p_job, p_lease, p_offset, p_text) $$;

create function public.finish_reply(p_job uuid, p_lease uuid, p_state public.reply_state, p_body text default '', p_error text default null, p_retry boolean default false) returns boolean
language sql volatile security invoker set search_path = '' as $$ select private.finish_reply(p_job, p_lease, p_state, p_body, p_error, p_retry) $$;

create function public.reply_context(p_job uuid, p_lease uuid, p_limit integer default 60) returns jsonb
language sql stable security invoker set search_path = '' as $$ select private.reply_context(p_job, p_lease, p_limit) $$;

create function public.stop_reply(p_job uuid) returns void
language sql volatile security invoker set search_path = '' as $$ select private.stop_reply(p_job) $$;

create function public.retry_reply(p_job uuid) returns void
language sql volatile security invoker set search_path = '' as $$ select private.retry_reply(p_job) $$;

comment on function public.claim_reply(uuid) is 'For the function reply: {job_id, chat_id, message_id, …, lease}; lease null: that job was ended, ask again; null: nothing due.';
comment on function public.append_reply(uuid, uuid, integer, text) is 'For the function reply: {held, stop}.';
comment on function public.finish_reply(uuid, uuid, public.reply_state, text, text, boolean) is 'For the function reply: false when the lease was lost.';
comment on function public.reply_context(uuid, uuid, integer) is 'For the function reply: {chat, asker, trigger_message_id, members, messages} or null.';
comment on function public.stop_reply(uuid) is 'Any member stops a queued or running reply; what stood on screen is kept.';
comment on function public.retry_reply(uuid) is 'Any member tries a failed reply again.';

alter table public.reply_jobs enable row level security;

create policy "members see their chats' replies" on public.reply_jobs
  for select to authenticated using (chat_id in (select private.my_chat_ids()));

revoke all on public.reply_jobs from anon, authenticated, service_role;
grant select (id, chat_id, trigger_message_id, asker_id, message_id, state, attempts, partial, stop_requested_by, error, created_at, finished_at)
  on public.reply_jobs to authenticated;
grant select on public.reply_jobs to service_role;
grant execute on function
  public.claim_reply(uuid), private.claim_reply(uuid),
  public.append_reply(uuid, uuid, integer, text), private.append_reply(uuid, uuid, integer, text),
  public.finish_reply(uuid, uuid, public.reply_state, text, text, boolean), private.finish_reply(uuid, uuid, public.reply_state, text, text, boolean),
  public.reply_context(uuid, uuid, integer), private.reply_context(uuid, uuid, integer)
to service_role;
grant execute on function
  public.stop_reply(uuid), private.stop_reply(uuid), public.retry_reply(uuid), private.retry_reply(uuid)
to authenticated;
