-- The second look: a question of a group on which nothing is said for a minute is considered once more, with that fact. Any later
-- message ends the waiting.

alter table public.reply_jobs add column looks smallint not null default 0;

comment on column public.reply_jobs.looks is 'How often a turn was put off to be considered again.';

create function private.unanswered_after() returns interval
language sql immutable security invoker set search_path = '' as $$ select interval '60 seconds' $$;

comment on function private.unanswered_after() is 'How long a question waits for people before the AI considers it once more.';

create function private.went_on(p_message public.messages) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.messages m where m.chat_id = p_message.chat_id and m.seq > p_message.seq and m.kind <> 'system')
$$;

comment on function private.went_on(public.messages) is 'Whether anything was said after a message.';

create or replace function private.end_turn(p_job uuid, p_decision jsonb) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.reply_jobs j
  set state = 'queued', decision = p_decision, lease_token = null, lease_until = null, partial = '', looks = 1, attempts = 0,
    run_after = now() + private.unanswered_after(),
    -- Whoever writes just then is waited for, as after a new message.
    touched_at = now() + private.unanswered_after()
  from public.messages m, public.chats c
  where j.id = p_job and m.id = j.trigger_message_id and c.id = j.chat_id
    and j.looks = 0 and p_decision ->> 'by' = 'gate' and p_decision ->> 'action' = 'silent'
    and m.deleted_at is null and private.is_question(m.body) and not private.went_on(m) and private.late_rule(j) is null;
  if not found then
    update public.reply_jobs
    set state = 'silent', decision = p_decision, lease_token = null, lease_until = null, partial = '', finished_at = now()
    where id = p_job;
  end if;
end
$$;

comment on function private.end_turn(uuid, jsonb) is 'Ends a consideration without a word; a question on which the gate was silent is put off for a second look, once. Callers hold the job''s lock.';

create function private.end_looks() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  -- One that is just being claimed learns of this message when it is decided.
  update public.reply_jobs set state = 'silent', finished_at = now()
  where id in (
    select j.id from public.reply_jobs j
    where j.chat_id = new.chat_id and j.kind = 'turn' and j.state = 'queued' and j.looks > 0 for update skip locked);
  return null;
end
$$;

comment on function private.end_looks() is 'Trigger: somebody has said something, so the question before it no longer waits for a second look.';

-- Before messages_queue_reply in the order of names, which would take the waiting turn for one about the new message.
create trigger messages_end_looks after insert on public.messages
  for each row when (new.kind <> 'system') execute function private.end_looks();

create or replace function private.late_rule(p_job public.reply_jobs) returns text
language sql stable security definer set search_path = '' as $$
  select case
    when c.quiet_until > now() then 'asked_to_be_quiet'
    when c.reply_mode <> 'automatic' then 'not_automatic'
    when exists (
      select 1 from public.messages m where m.chat_id = c.id and m.kind = 'assistant' and m.deleted_at is null and m.seq > asked.seq)
      then 'spoke_lately'
    when p_job.looks > 0 and private.went_on(asked) then 'talk_went_on'
  end
  from public.chats c join public.messages asked on asked.id = p_job.trigger_message_id
  where c.id = p_job.chat_id
$$;

create or replace function private.reply_context(p_job uuid, p_lease uuid, p_limit integer) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'chat', jsonb_build_object('id', c.id, 'kind', c.kind, 'title', c.title, 'instructions', c.instructions),
    'asker', (select jsonb_build_object('id', p.id, 'name', p.display_name, 'username', p.username) from public.profiles p where p.id = j.asker_id),
    'trigger_message_id', j.trigger_message_id,
    'talkativeness', c.talkativeness,
    -- A turn alone waits for people; an answer that came of it does not.
    'unanswered_seconds', case when j.kind = 'turn' and j.looks > 0 then (
      select floor(extract(epoch from now() - q.created_at))::integer from public.messages q where q.id = j.trigger_message_id) end,
    'members', (
      select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.display_name, 'username', p.username) order by m.joined_at), '[]')
      from public.members m join public.profiles p on p.id = m.user_id where m.chat_id = c.id),
    'messages', (
      select coalesce(jsonb_agg(t.message order by t.seq), '[]') from (
        select m.seq, jsonb_build_object('id', m.id, 'kind', m.kind, 'author_id', m.author_id, 'author', p.display_name,
          'body', m.body, 'reply_to', m.reply_to, 'created_at', m.created_at,
          'files', (select coalesce(jsonb_agg(f ->> 'name'), '[]') from jsonb_array_elements(m.attachments) f)) as message
        from public.messages m left join public.profiles p on p.id = m.author_id
        where m.deleted_at is null and m.id in (
          (select l.id from public.messages l
            where l.chat_id = c.id and l.seq >= asker.history_from and l.kind <> 'system' and l.deleted_at is null and l.status <> 'failed'
            order by l.seq desc limit least(p_limit, 200))
          union all
          select j.trigger_message_id)) t))
  from public.reply_jobs j
  join public.chats c on c.id = j.chat_id
  join public.members asker on asker.chat_id = j.chat_id and asker.user_id = j.asker_id
  where j.id = p_job and j.lease_token = p_lease and j.state = 'running'
$$;
