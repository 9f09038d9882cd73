-- Ended sessions: signing out elsewhere ends what is heard there as well. The token of an ended session is good for requests until it
-- runs out, at most an hour; its open socket falls silent at once, and opens no topic any more.

create function private.is_signed_out() returns boolean
language sql stable security definer set search_path = '' as $$
  select t.id is not null and not exists (select 1 from auth.sessions s where s.id = t.id::uuid)
  from (select auth.jwt() ->> 'session_id') t (id)
$$;

comment on function private.is_signed_out() is 'Whether the session of the caller''s token has ended. Definer, because Auth''s table is closed.';

create or replace function private.can_receive(p_topic text) returns boolean
language plpgsql stable security definer set search_path = '' as $$
declare
  v_user uuid := (select auth.uid());
begin
  if v_user is null or private.is_signed_out() then
    return false;
  end if;
  return p_topic = 'user:' || v_user
    or exists (
      select 1 from public.members m join public.chats c on c.id = m.chat_id
      where m.user_id = v_user and p_topic = 'chat:' || c.id || ':' || c.epoch
        and (c.kind = 'solo' or not private.has_groups_off(v_user)));
end
$$;

create or replace function private.end_session(p_session uuid) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid := private.require_user();
  v_count integer;
  v_chat uuid;
begin
  delete from auth.sessions s
  where s.user_id = v_me and s.id::text is distinct from (select auth.jwt() ->> 'session_id') and (p_session is null or s.id = p_session);
  get diagnostics v_count = row_count;
  if v_count > 0 then
    perform 1 from public.chats c
    where c.id in (select m.chat_id from public.members m where m.user_id = v_me) order by c.id for no key update;
    -- The sockets of the ended sessions are on the old topics, on which nothing more is said. To the others it looks as when a guardian
    -- turns group chats off, so that neither tells of the other.
    for v_chat in select m.chat_id from public.members m where m.user_id = v_me order by m.chat_id loop
      update public.chats set epoch = epoch + 1 where id = v_chat;
      perform private.tell(m.user_id, 'membership', jsonb_build_object('chat_id', v_chat, 'member', true))
      from public.members m where m.chat_id = v_chat;
    end loop;
  end if;
  return v_count;
end
$$;

comment on function private.end_session(uuid) is 'Definer: one other session of the caller''s own, or all others, and what is heard in them.';
