-- People apart: of two of whom one blocked the other, neither hears that the other is here, writes or has read. What somebody does goes
-- out on the chat's topic as before, as long as nobody there is apart from them; else each of the others is told on their own topic.

create function private.members_apart(p_chat uuid, p_user uuid) returns uuid[]
language sql stable security definer set search_path = '' as $$
  select array(
    select m.user_id from public.members m
    where m.chat_id = p_chat and m.user_id in (
      select b.blocked_id from public.blocks b where b.blocker_id = p_user
      union all
      select b.blocker_id from public.blocks b where b.blocked_id = p_user))
$$;

comment on function private.members_apart(uuid, uuid) is 'Members of a chat whom this person blocked, or who blocked them. Definer: neither may know.';

create function private.publish_doing(p_chat uuid, p_user uuid, p_event text, p_payload jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_apart uuid[];
begin
  -- As in publish: nobody whom a removal or a block is just parting is told.
  perform 1 from public.chats c where c.id = p_chat for share;
  v_apart := private.members_apart(p_chat, p_user);
  if v_apart = '{}' then
    perform private.publish(p_chat, p_event, p_payload);
  else
    perform private.tell(m.user_id, p_event, p_payload) from public.members m
    where m.chat_id = p_chat and m.user_id <> all (v_apart) and not private.is_shut(p_chat, m.user_id);
  end if;
end
$$;

comment on function private.publish_doing(uuid, uuid, text, jsonb) is 'What a member does, for all who may know of it: by the chat''s topic, or by their own where somebody in the chat may not. Definer, as publish.';

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
    perform private.publish_doing(p_chat, v_me, 'presence',
      jsonb_build_object('chat_id', p_chat, 'user_id', v_me, 'here', p_here, 'typing', p_here and p_typing));
  end if;
end
$$;

comment on function private.beat(uuid, boolean, boolean) is 'Definer: the caller''s own presence, told to all members but those apart from them. Under the chat''s lock before its own, as removals are.';

create or replace function private.present_members(p_chat uuid) returns setof jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('chat_id', p.chat_id, 'user_id', p.user_id, 'here', true, 'typing', p.typing)
  from private.presence p
  where p.chat_id = p_chat and p.chat_id in (select private.my_chat_ids())
    and p.seen_at > clock_timestamp() - private.presence_lasts() and not private.are_apart(p.user_id, (select auth.uid()))
$$;

comment on function private.present_members(uuid) is 'Definer: who looks at a chat of the caller, but those apart from them.';

create or replace function private.mark_read(p_chat uuid, p_seq bigint) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid := (select auth.uid());
  v_last bigint;
  v_seq bigint;
begin
  -- The chat before its members, as removals lock them: the other way round the two could wait for each other.
  select c.last_seq into v_last from public.chats c where c.id = p_chat for share;
  update public.members m set last_read_seq = least(p_seq, v_last)
  where m.chat_id = p_chat and m.user_id = v_me and m.last_read_seq < least(p_seq, v_last) and not private.is_shut(p_chat, v_me)
  returning m.last_read_seq into v_seq;
  if v_seq is not null then
    perform private.publish_doing(p_chat, v_me, 'read', jsonb_build_object('chat_id', p_chat, 'user_id', v_me, 'seq', v_seq));
  end if;
end
$$;

comment on function private.mark_read(uuid, bigint) is 'Definer because last_read_seq is not writable: it never goes back and never past the log. What moved is told to all members but those apart from the caller.';
