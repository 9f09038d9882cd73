-- Membership: creating chats, joining, leaving, removal, and what each of them sets off.

create function private.post_notice(p_chat uuid, p_notice jsonb) returns void
language sql volatile security definer set search_path = '' as $$
  insert into public.messages (id, chat_id, kind, author_id, notice) values (gen_random_uuid(), p_chat, 'system', null, p_notice)
$$;

comment on function private.post_notice(uuid, jsonb) is 'A notice in the chat. Definer: clients cannot write notices.';

create function private.member_joined() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.log_change(new.chat_id, private.next_seq(new.chat_id), 'member', new.user_id);
  if new.role = 'member' then
    perform private.post_notice(new.chat_id, jsonb_build_object('type', 'joined', 'user_id', new.user_id));
  end if;
  -- History before joining is not unread.
  update public.members m set last_read_seq = (select c.last_seq from public.chats c where c.id = new.chat_id)
  where m.chat_id = new.chat_id and m.user_id = new.user_id;
  perform private.tell(new.user_id, 'membership', jsonb_build_object('chat_id', new.chat_id, 'member', true));
  return null;
end
$$;

comment on function private.member_joined() is 'Trigger: logs and announces a new member, and tells their other devices.';

create trigger members_joined after insert on public.members
  for each row execute function private.member_joined();

create function private.member_gone() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_actor uuid := (select auth.uid());
  v_heir uuid;
begin
  -- The chat itself is being deleted.
  if not exists (select 1 from public.chats c where c.id = old.chat_id) then
    return null;
  end if;

  -- The new epoch comes first: all that follows goes to a topic on which the former member is not.
  update public.chats set epoch = epoch + 1 where id = old.chat_id;
  if exists (select 1 from public.profiles p where p.id = old.user_id) then
    insert into private.former_members (chat_id, user_id, joined_at) values (old.chat_id, old.user_id, old.joined_at);
  end if;
  perform private.log_change(old.chat_id, private.next_seq(old.chat_id), 'member', old.user_id);
  perform private.post_notice(old.chat_id, jsonb_build_object(
    'type', case when v_actor is null or v_actor = old.user_id then 'left' else 'removed' end,
    'user_id', old.user_id, 'by', v_actor));

  if old.role = 'creator' then
    select m.user_id into v_heir from public.members m where m.chat_id = old.chat_id order by m.joined_at, m.user_id limit 1;
    if v_heir is null then
      update public.chats set creator_id = null where id = old.chat_id;
    else
      update public.members set role = 'creator' where chat_id = old.chat_id and user_id = v_heir;
      update public.chats set creator_id = v_heir where id = old.chat_id;
      perform private.log_change(old.chat_id, private.next_seq(old.chat_id), 'member', v_heir);
      perform private.post_notice(old.chat_id, jsonb_build_object('type', 'creator', 'user_id', v_heir));
    end if;
  end if;

  if not exists (select 1 from public.members m where m.chat_id = old.chat_id) then
    update public.chats set closed_at = now() where id = old.chat_id;
  end if;

  perform private.tell(old.user_id, 'membership', jsonb_build_object('chat_id', old.chat_id, 'member', false));
  perform private.tell(m.user_id, 'membership', jsonb_build_object('chat_id', old.chat_id, 'member', true))
  from public.members m where m.chat_id = old.chat_id;
  return null;
end
$$;

comment on function private.member_gone() is 'Trigger: ends the epoch, so that an open socket of the former member hears nothing more; announces it; hands over the creator''s role; closes an empty chat.';

create trigger members_gone after delete on public.members
  for each row execute function private.member_gone();

create function private.require_profile(p_user uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform 1 from public.profiles p where p.id = p_user for share;
  if not found then
    raise exception 'profile required' using errcode = 'SR005', hint = 'Set up your profile first.';
  end if;
end
$$;

comment on function private.require_profile(uuid) is 'Raises SR005 without a profile. Locks it, so that a rename is either seen by the new membership or waits and is logged in the new chat too.';

create function private.create_chat(p_id uuid, p_kind public.chat_kind, p_title text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_user uuid := private.require_user();
begin
  perform private.require_profile(v_user);
  insert into public.chats (id, kind, title, reply_mode, creator_id)
  values (p_id, p_kind, btrim(p_title), case p_kind when 'solo' then 'automatic' else 'mention' end::public.reply_mode, v_user)
  on conflict (id) do nothing;
  if not found then
    perform private.require_member(p_id);
    return p_id;
  end if;
  insert into public.members (chat_id, user_id, role) values (p_id, v_user, 'creator');
  if p_kind = 'group' then
    perform private.post_notice(p_id, jsonb_build_object('type', 'created', 'user_id', v_user));
  end if;
  return p_id;
end
$$;

comment on function private.create_chat(uuid, public.chat_kind, text) is 'Definer: writes the chat and its first member in one transaction. The same id again is the same chat.';

create function public.create_chat(p_id uuid, p_kind public.chat_kind, p_title text default '') returns uuid
language sql volatile security invoker set search_path = '' as $$
  select private.create_chat(p_id, p_kind, p_title)
$$;

comment on function public.create_chat(uuid, public.chat_kind, text) is 'Starts a chat with the caller as creator; idempotent by id. Raises SR005 without a profile.';

create function private.remove_member(p_chat uuid, p_user uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_role public.member_role;
begin
  perform 1 from public.chats c where c.id = p_chat for no key update;
  if private.require_member(p_chat) = p_user then
    raise exception 'leave instead' using errcode = 'SR006', hint = 'To go yourself, leave the chat.';
  end if;
  select m.role into v_role from public.members m where m.chat_id = p_chat and m.user_id = p_user;
  if v_role = 'creator' then
    raise exception 'creator cannot be removed' using errcode = 'SR006', hint = 'The creator of a group cannot be removed.';
  end if;
  delete from public.members m where m.chat_id = p_chat and m.user_id = p_user;
end
$$;

comment on function private.remove_member(uuid, uuid) is 'Definer: any member removes any other but the creator, under the chat''s lock. Removing somebody who is gone already does nothing.';

create function public.remove_member(p_chat uuid, p_user uuid) returns void
language sql volatile security invoker set search_path = '' as $$
  select private.remove_member(p_chat, p_user)
$$;

comment on function public.remove_member(uuid, uuid) is 'Removes a member at once. Raises SR002 (caller is not a member) or SR006 (the creator).';

create function private.leave_chat(p_chat uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform 1 from public.chats c where c.id = p_chat for no key update;
  delete from public.members m where m.chat_id = p_chat and m.user_id = private.require_user();
end
$$;

comment on function private.leave_chat(uuid) is 'Definer: the caller''s own membership ends.';

create function public.leave_chat(p_chat uuid) returns void
language sql volatile security invoker set search_path = '' as $$
  select private.leave_chat(p_chat)
$$;

comment on function public.leave_chat(uuid) is 'The caller leaves; the last one to leave closes the chat. Leaving twice does nothing.';

create function private.mark_read(p_chat uuid, p_seq bigint) returns void
language sql volatile security definer set search_path = '' as $$
  update public.members m
  set last_read_seq = greatest(m.last_read_seq, least(p_seq, c.last_seq))
  from public.chats c
  where c.id = m.chat_id and m.chat_id = p_chat and m.user_id = (select auth.uid())
$$;

comment on function private.mark_read(uuid, bigint) is 'Definer because last_read_seq is not writable: it never goes back and never past the log.';

create function public.mark_read(p_chat uuid, p_seq bigint) returns void
language sql volatile security invoker set search_path = '' as $$
  select private.mark_read(p_chat, p_seq)
$$;

comment on function public.mark_read(uuid, bigint) is 'The caller has read up to this seq.';

create function public.my_chats() returns setof jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object(
    'id', c.id, 'kind', c.kind, 'title', c.title, 'instructions', c.instructions, 'reply_mode', c.reply_mode, 'epoch', c.epoch,
    'creator_id', c.creator_id, 'created_at', c.created_at, 'last_seq', c.last_seq,
    'notification_level', me.notification_level, 'last_read_seq', me.last_read_seq,
    'member_count', (select count(*) from public.members m where m.chat_id = c.id),
    -- Looked for among the next 500 in order: the index by seq is read from the last message read on, and never far.
    'unread', (
      select least(count(*), 100) from (
        select m.kind, m.author_id from public.messages m
        where m.chat_id = c.id and m.seq > me.last_read_seq order by m.seq limit 500) later
      where later.kind <> 'system' and later.author_id is distinct from me.user_id),
    'last_message', (
      select private.message_json(m) from public.messages m where m.chat_id = c.id order by m.seq desc limit 1))
  from public.members me
  join public.chats c on c.id = me.chat_id
  where me.user_id = (select auth.uid())
$$;

comment on function public.my_chats() is 'All chats of the caller with last_seq (to compare with cursors), unread count (at most 100) and last message.';

grant execute on function
  public.create_chat(uuid, public.chat_kind, text), private.create_chat(uuid, public.chat_kind, text),
  public.remove_member(uuid, uuid), private.remove_member(uuid, uuid),
  public.leave_chat(uuid), private.leave_chat(uuid),
  public.mark_read(uuid, bigint), private.mark_read(uuid, bigint),
  public.my_chats()
to authenticated;
