-- Group chats off: while a guardian has them off, a minor stays a member on paper, so that turning them on gives everything back, and
-- until then creates, joins, reads, writes and hears nothing of a group. Asked by every test of one's own membership; others see no
-- difference. is_member, the test of other people's membership, knows nothing of it, so that no refusal tells others.

create or replace function private.my_chat_ids() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select m.chat_id from public.members m
  where m.user_id = (select auth.uid())
    and (not (select private.groups_off()) or exists (select 1 from public.chats c where c.id = m.chat_id and c.kind = 'solo'))
$$;

comment on function private.my_chat_ids() is 'Chats the caller is in and may use: the one membership test of all policies; no groups while a guardian has them off. Definer, so that it does not run into the policies of members.';

create function private.is_shut(p_chat uuid, p_user uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select private.has_groups_off(p_user) and exists (select 1 from public.chats c where c.id = p_chat and c.kind = 'group')
$$;

comment on function private.is_shut(uuid, uuid) is 'Whether this chat is a group and a guardian has groups off for this person.';

create or replace function private.require_member(p_chat uuid) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_user uuid := private.require_user();
begin
  if not private.is_member(p_chat, v_user) then
    raise exception 'not a member' using errcode = 'SR002', hint = 'You are not in this chat.';
  end if;
  if private.is_shut(p_chat, v_user) then
    raise exception 'group chats are off' using errcode = 'SR086', hint = 'Group chats are off for your account. Your guardian can turn them on.';
  end if;
  return v_user;
end
$$;

comment on function private.require_member(uuid) is 'The caller''s id; raises SR002 when they are not in the chat, SR086 when a guardian has groups off. Volatile, so that it sees what was committed while a lock was awaited.';

create or replace function private.can_receive(p_topic text) returns boolean
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
      where m.user_id = v_user and p_topic = 'chat:' || c.id || ':' || c.epoch
        and (c.kind = 'solo' or not private.has_groups_off(v_user)));
end
$$;

create or replace function private.lock_message(p_message uuid) returns public.messages
language plpgsql security definer set search_path = '' as $$
declare
  v_message public.messages;
begin
  perform 1 from public.chats c
  where c.id = (select m.chat_id from public.messages m where m.id = p_message) for no key update;
  select m.* into v_message from public.messages m
  join public.members me on me.chat_id = m.chat_id and me.user_id = private.require_user() and me.history_from <= m.seq
  where m.id = p_message and not private.is_shut(m.chat_id, me.user_id);
  if v_message.id is null then
    raise exception 'no such message' using errcode = 'SR007', hint = 'This message is not there any more.';
  end if;
  return v_message;
end
$$;

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
    perform private.publish(p_chat, 'read', jsonb_build_object('chat_id', p_chat, 'user_id', v_me, 'seq', v_seq));
  end if;
end
$$;

create function private.refuse_shut_seat() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  -- Held until the joining is committed: a guardian who turns groups off meanwhile waits for it, and finds it.
  perform 1 from private.guardianships g where g.minor_id = new.user_id for share;
  if private.is_shut(new.chat_id, new.user_id) then
    if (select auth.uid()) is distinct from new.user_id and (select auth.uid()) is not null then
      raise exception 'waits no more' using errcode = 'SR007', hint = 'This person is not waiting any more.';
    end if;
    raise exception 'group chats are off' using errcode = 'SR086', hint = 'Group chats are off for your account. Your guardian can turn them on.';
  end if;
  return new;
end
$$;

comment on function private.refuse_shut_seat() is 'Trigger: no group is made, joined or asked to be joined while a guardian has them off. Whoever lets somebody in is not told why.';

create trigger members_refuse_shut before insert on public.members
  for each row execute function private.refuse_shut_seat();
create trigger join_requests_refuse_shut before insert on public.join_requests
  for each row execute function private.refuse_shut_seat();

create function private.refuse_shut_message() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if private.is_shut(new.chat_id, new.author_id) then
    raise exception 'group chats are off' using errcode = 'SR086', hint = 'Group chats are off for your account. Your guardian can turn them on.';
  end if;
  return new;
end
$$;

comment on function private.refuse_shut_message() is 'Trigger, after the one that takes the chat''s lock: a message that waited there while groups were turned off is refused.';

create trigger messages_refuse_shut before insert on public.messages
  for each row when (new.kind = 'member') execute function private.refuse_shut_message();

drop policy "members see who is in their chats" on public.members;

-- Own rows first: they are seen without finding out which chats one is in. The policy of messages looks own rows up as the reader, so
-- that it finds none of a group either.
create policy "members see who is in their chats" on public.members
  for select to authenticated
  using ((user_id = (select auth.uid()) and not (select private.groups_off())) or chat_id in (select private.my_chat_ids()));

create function private.set_group_chats(p_minor uuid, p_on boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_me uuid := private.require_user();
  v_was_off boolean := private.has_groups_off(p_minor);
  v_renewed uuid[] := '{}';
  v_chat uuid;
begin
  if not exists (select 1 from private.guardianships g where g.minor_id = p_minor and g.guardian_id = v_me) or not private.is_minor(p_minor) then
    raise exception 'no such link' using errcode = 'SR085', hint = 'You do not look after this account any more.';
  end if;
  if not p_on then
    -- What they asked of the AI in groups ends unsaid. Jobs are locked before their chats.
    update public.reply_jobs j set stop_requested_by = p_minor
    from public.chats c
    where c.id = j.chat_id and c.kind = 'group' and j.asker_id = p_minor and j.state in ('queued', 'running');
    perform 1 from public.chats c
    where c.kind = 'group' and c.id in (select m.chat_id from public.members m where m.user_id = p_minor) order by c.id for no key update;
  end if;
  update private.guardianships set groups_off = not p_on where minor_id = p_minor and guardian_id = v_me;
  if not p_on and not v_was_off then
    delete from private.presence p using public.chats c where p.user_id = p_minor and c.id = p.chat_id and c.kind = 'group';
    delete from public.join_requests r where r.user_id = p_minor;
    -- All joinings that began before are committed and seen here; those to come are refused.
    for v_chat in
      select c.id from public.chats c
      where c.kind = 'group' and c.id in (select m.chat_id from public.members m where m.user_id = p_minor) order by c.id
    loop
      -- An open socket of the minor is on the old topic, on which nothing more is said.
      update public.chats set epoch = epoch + 1 where id = v_chat;
      v_renewed := v_renewed || v_chat;
      perform private.tell(m.user_id, 'membership', jsonb_build_object('chat_id', v_chat, 'member', true))
      from public.members m where m.chat_id = v_chat and m.user_id <> p_minor;
    end loop;
  end if;
  perform private.tell(p_minor, 'membership', jsonb_build_object('chat_id', m.chat_id, 'member', not private.has_groups_off(p_minor)))
  from public.members m join public.chats c on c.id = m.chat_id where m.user_id = p_minor and c.kind = 'group';
  perform private.tell_guardianship(p_minor);
end
$$;

comment on function private.set_group_chats(uuid, boolean) is 'Definer: ends, in the same transaction, the topic of every group that the minor is in, as a removal does; others are told the new one and nothing else.';

create function public.set_group_chats(p_minor uuid, p_on boolean) returns void
language sql volatile security invoker set search_path = '' as $$ select private.set_group_chats(p_minor, p_on) $$;

comment on function public.set_group_chats(uuid, boolean) is 'A guardian turns group chats of a minor off or on. Raises SR085 (not the guardian, or the minor is 18).';

create function private.end_guardianship(p_minor uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_me uuid := private.require_user();
begin
  if exists (select 1 from private.guardianships g where g.minor_id = p_minor and g.guardian_id = v_me) then
    if private.is_minor(p_minor) then
      perform private.set_group_chats(p_minor, true);
    end if;
    delete from private.guardianships g where g.minor_id = p_minor and g.guardian_id = v_me;
    perform private.tell(v_me, 'guardian', '{}');
    perform private.tell_guardianship(p_minor);
  end if;
end
$$;

comment on function private.end_guardianship(uuid) is 'Definer: the guardian''s own link. The minor has no such function; an operator deletes the row.';

create function public.end_guardianship(p_minor uuid) returns void
language sql volatile security invoker set search_path = '' as $$ select private.end_guardianship(p_minor) $$;

comment on function public.end_guardianship(uuid) is 'A guardian does not look after this account any more; what they turned off is on again. Doing so twice is once.';

grant execute on function
  public.set_group_chats(uuid, boolean), private.set_group_chats(uuid, boolean),
  public.end_guardianship(uuid), private.end_guardianship(uuid)
to authenticated;
