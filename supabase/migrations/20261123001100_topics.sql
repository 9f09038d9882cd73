-- Topics: who may listen where. Nobody may broadcast: what arrives on these topics was sent by the database.
--   chat:<chat id>:<epoch>   members of that chat, while the epoch is the chat's present one
--   user:<user id>           that person

create function private.can_receive(p_topic text) returns boolean
language plpgsql stable security definer set search_path = '' as $$
declare
  v_user uuid := (select auth.uid());
begin
  if v_user is null then
    return false;
  end if;
  return p_topic = 'user:' || v_user
    or exists (
      select 1 from public.members m join public.chats c on c.id = m.chat_id
      where m.user_id = v_user and p_topic = 'chat:' || c.id || ':' || c.epoch);
end
$$;

comment on function private.can_receive(text) is 'Whether the caller may listen on a topic. Definer, so that one test answers for all tables it reads.';

grant execute on function private.can_receive(text) to authenticated;

create policy "people receive on their own and their chats' present topics" on realtime.messages
  for select to authenticated
  using (extension = 'broadcast' and (select private.can_receive((select realtime.topic()))));
