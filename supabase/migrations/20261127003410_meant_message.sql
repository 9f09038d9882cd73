-- The message meant: when the gate names another message than the newest, it is that one which is answered. And a decision that comes
-- too late, because the talk has gone on while the model thought, is no longer carried out.

create function private.meant_message(p_job public.reply_jobs, p_message uuid) returns public.messages
language sql stable security definer set search_path = '' as $$
  select m.* from public.messages m
  join public.members asker on asker.chat_id = p_job.chat_id and asker.user_id = p_job.asker_id
  where m.id = p_message and m.chat_id = p_job.chat_id and m.kind = 'member' and m.target <> 'people'
    and m.deleted_at is null and m.seq >= asker.history_from and private.is_member(m.chat_id, m.author_id)
$$;

comment on function private.meant_message(public.reply_jobs, uuid) is 'A message that a consideration may be about: of this chat, from where its context begins, not deleted, and its author is still there. Null: none.';

create function private.late_rule(p_job public.reply_jobs) returns text
language sql stable security definer set search_path = '' as $$
  select case
    when c.quiet_until > now() then 'asked_to_be_quiet'
    when c.reply_mode <> 'automatic' then 'not_automatic'
    when exists (
      select 1 from public.messages m where m.chat_id = c.id and m.kind = 'assistant' and m.deleted_at is null and m.seq > asked.seq)
      then 'spoke_lately'
  end
  from public.chats c join public.messages asked on asked.id = p_job.trigger_message_id
  where c.id = p_job.chat_id
$$;

comment on function private.late_rule(public.reply_jobs) is 'Why a consideration leads to nothing any more, whatever the gate says; null: it may.';

create function private.answer_instead(p_job public.reply_jobs, p_message public.messages) returns public.reply_jobs
language plpgsql security definer set search_path = '' as $$
declare
  v_other public.reply_jobs;
  v_job public.reply_jobs;
begin
  select * into v_other from public.reply_jobs j where j.trigger_message_id = p_message.id for update;
  if v_other.id is not null and (v_other.kind = 'answer' or v_other.state <> 'silent') then
    -- It has its answer, or will have.
    return p_job;
  end if;
  delete from public.reply_jobs j where j.id = v_other.id;
  update public.reply_jobs set trigger_message_id = p_message.id, asker_id = p_message.author_id where id = p_job.id returning * into v_job;
  insert into public.reply_jobs (chat_id, trigger_message_id, asker_id, kind, state, finished_at, decision)
  values (p_job.chat_id, p_job.trigger_message_id, p_job.asker_id, 'turn', 'silent', now(),
    jsonb_build_object('by', 'rules', 'action', 'silent', 'reason', 'answered_other'));
  return v_job;
end
$$;

comment on function private.answer_instead(public.reply_jobs, public.messages) is 'Definer: a consideration turns to an earlier message. What was noted of that one makes way, and of the newest it is noted that another was answered. Callers hold the job''s lock.';

create or replace function private.decide_turn(p_job uuid, p_lease uuid, p_decision text, p_message uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_job public.reply_jobs;
  v_decision jsonb := p_decision::jsonb;
  v_meant public.messages;
  v_late text;
begin
  select * into v_job from public.reply_jobs j
  where j.id = p_job and j.lease_token = p_lease and j.state = 'running' and j.kind = 'turn' for update;
  if v_job.id is null then
    return false;
  end if;
  v_meant := private.meant_message(v_job, p_message);
  v_late := private.late_rule(v_job);
  if v_decision ->> 'action' <> 'silent' and v_late is not null then
    perform private.end_turn(p_job, v_decision || jsonb_build_object('by', 'rules', 'action', 'silent', 'reason', v_late));
    -- It holds no answer: whoever asked for the decision has nothing more to do.
    return false;
  end if;
  if v_decision ->> 'action' = 'reply' then
    insert into private.unasked_use as u (chat_id, period_start, used) values (v_job.chat_id, private.period_start(interval '1 hour'), 1)
    on conflict (chat_id, period_start) do update set used = u.used + 1 where u.used < private.max_unasked();
    if not found then
      perform private.end_turn(p_job, v_decision || jsonb_build_object('by', 'rules', 'action', 'silent', 'reason', 'spoke_enough'));
      return false;
    end if;
    if v_meant.id <> v_job.trigger_message_id then
      v_job := private.answer_instead(v_job, v_meant);
    end if;
    update public.reply_jobs set kind = 'answer', decision = v_decision where id = p_job returning * into v_job;
    perform private.publish(v_job.chat_id, 'reply', private.reply_json(v_job));
    return true;
  end if;
  if v_decision ->> 'action' = 'react' then
    perform 1 from public.chats c where c.id = v_job.chat_id for no key update;
    -- Nobody takes it back from here on.
    v_meant := private.meant_message(v_job, p_message);
    if private.is_emoji(v_decision ->> 'emoji') and v_meant.id is not null
      and (select count(*) from private.assistant_reactions a
        where a.chat_id = v_job.chat_id and a.created_at > now() - interval '1 hour') < private.max_assistant_reactions() then
      insert into private.assistant_reactions (message_id, chat_id, emoji)
      values (v_meant.id, v_job.chat_id, v_decision ->> 'emoji') on conflict do nothing;
    else
      v_decision := v_decision || jsonb_build_object('by', 'rules', 'action', 'silent', 'reason', 'reacted_enough');
    end if;
  end if;
  perform private.end_turn(p_job, v_decision);
  return true;
end
$$;

comment on function private.decide_turn(uuid, uuid, text, uuid) is 'Definer: under the lease, a turn becomes an answer or a reaction to p_message (to the newest one, if p_message is none that it may be about), or nothing. False: the lease is lost, or there is nothing to answer.';
