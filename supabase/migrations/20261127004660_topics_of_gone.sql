-- Topics of what is gone: Realtime keeps what was broadcast for some days and tells it again to whoever may join the topic and asks. What
-- retention has purged, and for newcomers what was deleted, was said on a topic that nobody opens any more.

create index messages_deleted on public.messages (chat_id, deleted_at) where deleted_at is not null;

create function private.leave_deleted_behind() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  -- Whoever comes without all of the history begins a topic in any case.
  if new.role = 'member' and new.history_from = 0 and exists (
    select 1 from public.messages m where m.chat_id = new.chat_id and m.deleted_at > now() - interval '4 days') then
    update public.chats set epoch = epoch + 1 where id = new.chat_id;
    perform private.tell(m.user_id, 'membership', jsonb_build_object('chat_id', new.chat_id, 'member', true))
    from public.members m where m.chat_id = new.chat_id and m.user_id <> new.user_id;
  end if;
  return null;
end
$$;

comment on function private.leave_deleted_behind() is 'Trigger: a new epoch for whoever joins where something was deleted lately. Realtime keeps broadcasts for three days.';

-- By its name it comes before members_joined, whose change and notice go to the new topic.
create trigger members_begin_without_deleted after insert on public.members
  for each row execute function private.leave_deleted_behind();

create or replace function private.purge_expired(p_messages integer) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_chat public.chats;
  v_due uuid[];
  v_free uuid[];
  v_gone integer;
  v_count integer := 0;
begin
  for v_chat in
    select c.* from public.chats c
    where c.retention_days is not null and c.retention_since < now() - interval '1 day'
      and not exists (select 1 from private.legal_holds h where h.chat_id = c.id)
      and exists (select 1 from public.messages m where m.chat_id = c.id and m.created_at < now() - make_interval(days => c.retention_days))
    order by c.id
  loop
    exit when v_count >= p_messages;
    v_due := array(
      select m.id from public.messages m
      where m.chat_id = v_chat.id and m.created_at < now() - make_interval(days => v_chat.retention_days)
      order by m.seq limit p_messages - v_count);
    -- A job is locked before its chat, and nothing here waits: what somebody works on goes next time.
    v_free := array(
      select j.trigger_message_id from public.reply_jobs j where j.trigger_message_id = any (v_due) order by j.id for update skip locked);
    perform 1 from public.chats c where c.id = v_chat.id and c.retention_days = v_chat.retention_days for no key update skip locked;
    -- The list was made when the purge began: a hold may have been set since.
    if not found or exists (select 1 from private.legal_holds h where h.chat_id = v_chat.id) then
      continue;
    end if;
    delete from public.messages m
    where m.id = any (v_due) and (m.id = any (v_free) or not exists (select 1 from public.reply_jobs j where j.trigger_message_id = m.id));
    get diagnostics v_gone = row_count;
    if v_gone > 0 then
      -- They tell of what is gone.
      delete from private.chat_summaries s where s.chat_id = v_chat.id;
      -- What was said on the old topic could be asked for again there.
      update public.chats set epoch = epoch + 1 where id = v_chat.id;
      perform private.log_change(v_chat.id, private.next_seq(v_chat.id), 'purge', v_chat.id);
      perform private.tell(m.user_id, 'membership', jsonb_build_object('chat_id', v_chat.id, 'member', true))
      from public.members m where m.chat_id = v_chat.id;
    end if;
    v_count := v_count + v_gone;
  end loop;
  return v_count;
end
$$;
