-- A chat's row is locked before its members and whatever hangs on them. A removal goes in this order; a beat that went the other
-- way round could lock with it for good, and one of the two was refused.

create or replace function private.beat(p_chat uuid, p_here boolean, p_typing boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_me uuid;
  v_told boolean;
begin
  perform 1 from public.chats c where c.id = p_chat for share;
  v_me := private.require_member(p_chat);
  if p_here then
    insert into private.presence as p (chat_id, user_id, typing) values (p_chat, v_me, p_typing)
    on conflict (chat_id, user_id) do update set typing = excluded.typing, seen_at = excluded.seen_at
      -- Whoever beats faster than anybody types is not told.
      where p.typing <> excluded.typing or p.seen_at < excluded.seen_at - interval '1 second'
    returning true into v_told;
  else
    delete from private.presence p where p.chat_id = p_chat and p.user_id = v_me returning true into v_told;
  end if;
  if v_told then
    perform private.publish(p_chat, 'presence',
      jsonb_build_object('chat_id', p_chat, 'user_id', v_me, 'here', p_here, 'typing', p_here and p_typing));
  end if;
end
$$;

comment on function private.beat(uuid, boolean, boolean) is 'Definer: the caller''s own presence, told to all members. Under the chat''s lock before its own, as removals are.';
