-- Fresh topics: Realtime keeps what was broadcast on a topic and tells it again to whoever joins and asks. Somebody who may not read what
-- was said before them joins a topic on which nothing was said yet.

create function private.begin_topic() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.chats set epoch = epoch + 1 where id = new.chat_id;
  perform private.tell(m.user_id, 'membership', jsonb_build_object('chat_id', new.chat_id, 'member', true))
  from public.members m where m.chat_id = new.chat_id and m.user_id <> new.user_id;
  return null;
end
$$;

comment on function private.begin_topic() is 'Trigger: a new epoch for whoever comes without all of the history, before anything is told of them. Definer, as all that changes chats.';

-- By its name it comes before members_joined, whose change and notice go to the new topic.
create trigger members_begin_topic after insert on public.members
  for each row when (new.history_from > 0) execute function private.begin_topic();
