-- Topics of what is gone: Realtime keeps what was broadcast for some days and tells it again to whoever may join the topic and asks. For
-- newcomers what was deleted before they came was said on a topic that they cannot open.

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
