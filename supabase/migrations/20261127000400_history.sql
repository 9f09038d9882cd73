-- History: from where on a member may read. Whoever joins by an invite sees what its rule says, and nothing before it by any path.

alter table public.members add column history_from bigint not null default 0;

comment on column public.members.history_from is 'Messages with a lower seq are not this member''s to see.';

create function private.my_history() returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_object_agg(m.chat_id, m.history_from), '{}') from public.members m where m.user_id = (select auth.uid())
$$;

comment on function private.my_history() is 'Each of the caller''s chats with the seq from which on its messages are theirs to see. One object, so that a query asks once and looks each row up in it. Definer, so that it does not run into the policies of members.';

drop policy "members read their chats' messages" on public.messages;

create policy "members read their chats' messages" on public.messages
  for select to authenticated using (seq >= ((select private.my_history()) ->> chat_id::text)::bigint);

create or replace function private.log_change(p_chat uuid, p_seq bigint, p_kind public.change_kind, p_entity uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.changes (chat_id, seq, kind, entity_id) values (p_chat, p_seq, p_kind, p_entity);
  -- Those who may see it read it from the log.
  if p_kind = 'message' and not private.is_for_all(p_entity) then
    perform private.publish(p_chat, 'hint', jsonb_build_object('chat_id', p_chat, 'seq', p_seq));
  else
    perform private.publish(p_chat, 'change', private.change_json(p_chat, p_seq, p_kind, p_entity));
  end if;
end
$$;

comment on function private.log_change(uuid, bigint, public.change_kind, uuid) is 'Appends to the log and hints at it by broadcast, in the writer''s transaction. Of a message from before somebody''s history only the seq goes out: {chat_id, seq}.';

create or replace function private.reply_context(p_job uuid, p_lease uuid, p_limit integer) returns jsonb
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
            where l.chat_id = c.id and l.seq >= asker.history_from and l.kind <> 'system' and l.deleted_at is null and l.status <> 'failed'
            order by l.seq desc limit least(p_limit, 200))
          union all
          select j.trigger_message_id)) t))
  from public.reply_jobs j
  join public.chats c on c.id = j.chat_id
  join public.members asker on asker.chat_id = j.chat_id and asker.user_id = j.asker_id
  where j.id = p_job and j.lease_token = p_lease and j.state = 'running'
$$;

comment on function private.reply_context(uuid, uuid, integer) is 'Definer: what goes to the model, for the holder of the lease alone: the latest messages that the asker may see, and the question however old it is. Null when the lease is lost or the person asked for has gone.';

create function private.is_for_all(p_message uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select not exists (
    select 1 from public.messages m join public.members b on b.chat_id = m.chat_id and b.history_from > m.seq where m.id = p_message)
$$;

comment on function private.is_for_all(uuid) is 'Whether every member may see a message; one that is not written yet will be.';

create function private.is_before_my_history(p_message uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from public.messages m join public.members b on b.chat_id = m.chat_id and b.history_from > m.seq
    where m.id = p_message and b.user_id = (select auth.uid()))
$$;

comment on function private.is_before_my_history(uuid) is 'Whether a message was written before the caller''s history. Definer, because such a message is hidden from the caller.';

-- An old answer that failed is rewritten where it stands when somebody tries it again: its words are for those who may see it there.
drop policy "members see their chats' replies" on public.reply_jobs;

create policy "members see their chats' replies" on public.reply_jobs
  for select to authenticated
  using (chat_id in (select private.my_chat_ids()) and not private.is_before_my_history(message_id));

create or replace function private.append_reply(p_job uuid, p_lease uuid, p_offset integer, p_text text) returns jsonb
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
  if p_text <> '' and private.is_for_all(v_job.message_id) then
    perform private.publish(v_job.chat_id, 'delta', jsonb_build_object('job_id', v_job.id, 'message_id', v_job.message_id,
      'chat_id', v_job.chat_id, 'attempt', v_job.attempts, 'offset', p_offset, 'text', p_text));
  end if;
  return jsonb_build_object('held', true, 'stop', v_job.stop_requested_by is not null);
end
$$;


comment on function private.append_reply(uuid, uuid, integer, text) is 'Definer: stores and broadcasts a delta, renews the lease (an empty text is a heartbeat) and says whether to stop. held false: the lease is lost, write nothing more. Offsets count characters (code points). Of an answer that not everyone may see, no delta is broadcast.';

create function private.clear_chat(p_chat uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_chat public.chats;
  v_me uuid;
begin
  select * into v_chat from public.chats c where c.id = p_chat for no key update;
  v_me := private.require_member(p_chat);
  if v_chat.kind = 'solo' then
    perform private.audit(p_chat, 'deleted', null, '{}');
    perform private.end_chat(p_chat);
  else
    update public.members
    set history_from = v_chat.last_seq + 1, last_read_seq = v_chat.last_seq, archived_at = clock_timestamp()
    where chat_id = p_chat and user_id = v_me;
  end if;
end
$$;

comment on function private.clear_chat(uuid) is 'Definer: the caller''s own history ends here, and the chat is put away; a solo chat is deleted.';

create function public.clear_chat(p_chat uuid) returns void
language sql volatile security invoker set search_path = '' as $$ select private.clear_chat(p_chat) $$;

comment on function public.clear_chat(uuid) is 'Deletes a chat for the caller alone: nothing said so far is theirs to see any more. A group goes on, among the archived ones. Raises SR002.';

grant execute on function private.my_history(), private.is_before_my_history(uuid), public.clear_chat(uuid), private.clear_chat(uuid) to authenticated;
