-- Tools of the AI: what it is doing while it works, the files that it may look at, the sources that it cites and the picture that it
-- makes. Sources and picture are kept with the job until its message takes them, so that a crash leaves neither without the other.

alter table public.messages
  add column sources jsonb not null default '[]' constraint messages_sources_of_assistant
    check (jsonb_typeof(sources) = 'array' and (kind = 'assistant' or sources = '[]'));

comment on column public.messages.sources is 'Web pages that an answer cites, in the order of their numbers: [{title, url}].';

alter table public.reply_jobs
  add column status text constraint reply_jobs_status_known check (status in ('reading', 'searching', 'drawing')),
  add column sources jsonb not null default '[]',
  add column picture_id uuid references public.attachments (id) on delete set null;

create index reply_jobs_by_picture on public.reply_jobs (picture_id);

comment on column public.reply_jobs.status is 'What the AI does besides thinking and writing: reading (files), searching (the web), drawing; null: nothing.';
comment on column public.reply_jobs.sources is 'For the message of this attempt, as in messages.';
comment on column public.reply_jobs.picture_id is 'The picture of this attempt, unsent until the message takes it.';

create or replace function private.reply_json(j public.reply_jobs) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object('job_id', j.id, 'chat_id', j.chat_id, 'message_id', j.message_id, 'trigger_message_id', j.trigger_message_id,
    'asker_id', j.asker_id, 'state', j.state, 'attempt', j.attempts, 'error', j.error, 'stopping', j.stop_requested_by is not null,
    'status', j.status)
$$;

create function private.forget_attempt() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  new.status := null;
  if new.lease_token is not null then
    new.sources := '[]';
    new.picture_id := null;
  end if;
  return new;
end
$$;

comment on function private.forget_attempt() is 'Trigger: nothing is being done once an attempt is over, and a new one begins with nothing found.';

create trigger reply_jobs_forget_attempt before update on public.reply_jobs
  for each row when (new.lease_token is distinct from old.lease_token) execute function private.forget_attempt();

create function private.add_results() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_job public.reply_jobs;
begin
  select * into v_job from public.reply_jobs j where j.message_id = new.id;
  if v_job.id is not null then
    new.sources := v_job.sources;
    new.attachment_ids := array_remove(array[v_job.picture_id], null);
  end if;
  return new;
end
$$;

comment on function private.add_results() is 'Trigger, the first of all: an answer takes the sources and the picture of its job.';

create trigger messages_add_results before insert or update of status on public.messages
  for each row when (new.kind = 'assistant' and new.status <> 'failed') execute function private.add_results();

-- The AI's own files have no owner, as its messages have no author.
create or replace function private.take_attachments() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if cardinality(new.attachment_ids) > private.max_attachments() then
    raise exception 'too many attachments' using errcode = 'SR022', hint = 'A message takes 10 files. Send the others in another one.';
  end if;
  new.attachments := coalesce((
    select jsonb_agg(private.attachment_json(a, (o.metadata ->> 'size')::bigint) order by wanted.place)
    from unnest(new.attachment_ids) with ordinality wanted (id, place)
    join public.attachments a on a.id = wanted.id
    join storage.objects o on o.bucket_id = 'attachments' and o.name = a.chat_id || '/' || a.id
    where a.chat_id = new.chat_id and a.owner_id is not distinct from new.author_id and a.message_id is null
      and (not a.has_thumbnail or exists (
        select 1 from storage.objects t where t.bucket_id = 'attachments' and t.name = a.chat_id || '/' || a.id || '.thumb'))), '[]');
  if jsonb_array_length(new.attachments) < cardinality(new.attachment_ids) then
    raise exception 'attachment missing' using errcode = 'SR021', hint = 'A file is not there any more. Add it again.';
  end if;
  return new;
end
$$;

comment on function private.take_attachments() is 'Trigger, after the one that takes the chat''s lock: the files must be the author''s own, in this chat, stored and not sent yet.';

-- A failed answer that is tried again is a row already.
create trigger messages_take_attachments_again before update of status on public.messages
  for each row when (new.kind = 'assistant' and new.attachment_ids <> '{}' and new.attachment_ids is distinct from old.attachment_ids)
  execute function private.take_attachments();

create trigger messages_bind_attachments_again after update of status on public.messages
  for each row when (new.kind = 'assistant' and new.attachment_ids is distinct from old.attachment_ids)
  execute function private.bind_attachments();

create function private.show_reply_status(p_job uuid, p_lease uuid, p_status text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_job public.reply_jobs;
begin
  update public.reply_jobs j set status = p_status
  where j.id = p_job and j.lease_token = p_lease and j.state = 'running' returning * into v_job;
  if v_job.id is null then
    return false;
  end if;
  perform private.publish(v_job.chat_id, 'reply', private.reply_json(v_job));
  return true;
end
$$;

comment on function private.show_reply_status(uuid, uuid, text) is 'Definer: tells the chat what the AI is doing. False: the lease is lost.';

create function private.reply_files(p_job uuid, p_lease uuid, p_messages uuid[]) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('message_id', m.id) || f.value order by m.seq, f.place), '[]')
  from public.reply_jobs j
  join public.members asker on asker.chat_id = j.chat_id and asker.user_id = j.asker_id
  join public.messages m on m.chat_id = j.chat_id and m.id = any (p_messages)
  cross join lateral jsonb_array_elements(m.attachments) with ordinality f (value, place)
  where j.id = p_job and j.lease_token = p_lease and j.state = 'running'
    and m.deleted_at is null and (m.seq >= asker.history_from or m.id = j.trigger_message_id)
$$;

comment on function private.reply_files(uuid, uuid, uuid[]) is 'Definer: files of messages that the person answered may read, for the holder of the lease alone.';

create function private.keep_results(p_job uuid, p_lease uuid, p_sources text, p_picture text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_job public.reply_jobs;
  v_picture jsonb := p_picture::jsonb;
  v_id uuid;
begin
  select * into v_job from public.reply_jobs j
  where j.id = p_job and j.lease_token = p_lease and j.state = 'running' for update;
  if v_job.id is null then
    return false;
  end if;
  -- Without its bytes it is no picture, and the message would be refused.
  insert into public.attachments (id, chat_id, owner_id, name, content_type, size, width, height, has_thumbnail)
  select (v_picture ->> 'id')::uuid, v_job.chat_id, null, v_picture ->> 'name', v_picture ->> 'content_type',
    (o.metadata ->> 'size')::bigint, (v_picture ->> 'width')::integer, (v_picture ->> 'height')::integer, true
  from storage.objects o
  where o.bucket_id = 'attachments' and o.name = v_job.chat_id || '/' || (v_picture ->> 'id')
    and exists (select 1 from storage.objects t where t.bucket_id = 'attachments' and t.name = o.name || '.thumb')
  on conflict do nothing
  returning id into v_id;
  update public.reply_jobs set sources = p_sources::jsonb, picture_id = coalesce(v_id, picture_id) where id = p_job;
  return true;
end
$$;

comment on function private.keep_results(uuid, uuid, text, text) is 'Definer: what an answer found and made, as JSON, for its message to take. False: the lease is lost.';

create function public.show_reply_status(p_job uuid, p_lease uuid, p_status text default null) returns boolean
language sql volatile security invoker set search_path = '' as $$ select private.show_reply_status(p_job, p_lease, p_status) $$;

create function public.reply_files(p_job uuid, p_lease uuid, p_messages uuid[]) returns jsonb
language sql stable security invoker set search_path = '' as $$ select private.reply_files(p_job, p_lease, p_messages) $$;

create function public.keep_results(p_job uuid, p_lease uuid, p_sources text, p_picture text default null) returns boolean
language sql volatile security invoker set search_path = '' as $$ select private.keep_results(p_job, p_lease, p_sources, p_picture) $$;

comment on function public.show_reply_status(uuid, uuid, text) is 'For the function reply: reading, searching, drawing, or null. False when the lease was lost.';
comment on function public.reply_files(uuid, uuid, uuid[]) is 'For the function reply: [{message_id, id, name, content_type, size, width, height, has_thumbnail}].';
comment on function public.keep_results(uuid, uuid, text, text) is 'For the function reply: p_sources is JSON [{title, url}], p_picture JSON {id, name, content_type, width, height} whose bytes are stored. False when the lease was lost.';

grant select (status) on public.reply_jobs to authenticated;
grant execute on function
  public.show_reply_status(uuid, uuid, text), private.show_reply_status(uuid, uuid, text),
  public.reply_files(uuid, uuid, uuid[]), private.reply_files(uuid, uuid, uuid[]),
  public.keep_results(uuid, uuid, text, text), private.keep_results(uuid, uuid, text, text)
to service_role;
