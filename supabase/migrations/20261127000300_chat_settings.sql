-- What members change about a chat: its name and instructions for all, archive and removal for oneself, deletion by the creator.
--   SR013 title not valid        SR014 instructions too long        SR015 typed title does not match

alter table public.chats add column deleted_at timestamptz;

comment on column public.chats.deleted_at is 'Set when the creator deleted the group for all; the purge removes it later.';

alter table public.members add column archived_at timestamptz;

comment on column public.members.archived_at is 'When this member put it away. Whatever is said later brings it back.';

create function private.rename_chat(p_chat uuid, p_title text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_title text := btrim(coalesce(p_title, ''));
  v_before text;
begin
  select c.title into v_before from public.chats c where c.id = p_chat for no key update;
  perform private.require_member(p_chat);
  if v_title = v_before then
    return;
  end if;
  if v_title = '' or char_length(v_title) > 80 then
    raise exception 'title not valid' using errcode = 'SR013', hint = 'A name has 1 to 80 characters.';
  end if;
  update public.chats set title = v_title where id = p_chat;
  perform private.log_change(p_chat, private.next_seq(p_chat), 'chat', p_chat);
  perform private.post_notice(p_chat, jsonb_build_object('type', 'renamed', 'by', (select auth.uid()), 'before', v_before, 'after', v_title));
end
$$;

comment on function private.rename_chat(uuid, text) is 'Definer: any member renames, under the chat''s lock, so that before and after are true.';

create function public.rename_chat(p_chat uuid, p_title text) returns void
language sql volatile security invoker set search_path = '' as $$ select private.rename_chat(p_chat, p_title) $$;

comment on function public.rename_chat(uuid, text) is 'Any member renames the chat; announced, unless nothing changes. Raises SR002 or SR013.';

create function private.set_instructions(p_chat uuid, p_instructions text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_after text := btrim(coalesce(p_instructions, ''));
  v_before text;
begin
  select c.instructions into v_before from public.chats c where c.id = p_chat for no key update;
  perform private.require_member(p_chat);
  if v_after = v_before then
    return;
  end if;
  if char_length(v_after) > 8000 then
    raise exception 'instructions too long' using errcode = 'SR014', hint = 'Instructions have at most 8,000 characters.';
  end if;
  update public.chats set instructions = v_after where id = p_chat;
  perform private.log_change(p_chat, private.next_seq(p_chat), 'chat', p_chat);
  perform private.audit(p_chat, 'instructions', null, jsonb_build_object('before', v_before, 'after', v_after));
  perform private.post_notice(p_chat, jsonb_build_object('type', 'instructions', 'by', (select auth.uid())));
end
$$;

comment on function private.set_instructions(uuid, text) is 'Definer: any member edits what the AI is told. The words stand in the audit event, the notice only says that it was done.';

create function public.set_instructions(p_chat uuid, p_instructions text) returns void
language sql volatile security invoker set search_path = '' as $$ select private.set_instructions(p_chat, p_instructions) $$;

comment on function public.set_instructions(uuid, text) is 'Any member edits the chat''s instructions for the AI; announced, unless nothing changes. Raises SR002 or SR014.';

create function private.hand_over(p_chat uuid, p_user uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_me uuid;
begin
  perform 1 from public.chats c where c.id = p_chat for no key update;
  v_me := private.require_member(p_chat);
  if not exists (select 1 from public.members m where m.chat_id = p_chat and m.user_id = v_me and m.role = 'creator') then
    raise exception 'not the creator' using errcode = 'SR006', hint = 'Only the creator hands the role over.';
  end if;
  if not private.is_member(p_chat, p_user) then
    raise exception 'not in the chat' using errcode = 'SR007', hint = 'That person is not in this chat.';
  end if;
  if p_user = v_me then
    return;
  end if;
  update public.members set role = 'member' where chat_id = p_chat and user_id = v_me;
  update public.members set role = 'creator' where chat_id = p_chat and user_id = p_user;
  update public.chats set creator_id = p_user where id = p_chat;
  perform private.log_change(p_chat, private.next_seq(p_chat), 'member', v_me);
  perform private.log_change(p_chat, private.next_seq(p_chat), 'member', p_user);
  perform private.post_notice(p_chat, jsonb_build_object('type', 'creator', 'user_id', p_user, 'by', v_me));
end
$$;

comment on function private.hand_over(uuid, uuid) is 'Definer: the creator''s role passes to another member, under the chat''s lock, so that there is one at every moment.';

create function public.hand_over(p_chat uuid, p_user uuid) returns void
language sql volatile security invoker set search_path = '' as $$ select private.hand_over(p_chat, p_user) $$;

comment on function public.hand_over(uuid, uuid) is 'The creator hands the role to another member. Raises SR002, SR006 (not the creator) or SR007 (not a member).';

create function private.set_archived(p_chat uuid, p_archived boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_chat);
begin
  update public.members set archived_at = case when p_archived then clock_timestamp() end
  where chat_id = p_chat and user_id = v_me;
end
$$;

comment on function private.set_archived(uuid, boolean) is 'Definer: the column is not writable by clients.';

create function public.set_archived(p_chat uuid, p_archived boolean) returns void
language sql volatile security invoker set search_path = '' as $$ select private.set_archived(p_chat, p_archived) $$;

comment on function public.set_archived(uuid, boolean) is 'Puts a chat away for the caller, or takes it out again. Raises SR002.';

create function private.end_chat(p_chat uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  update public.chats set deleted_at = now(), closed_at = coalesce(closed_at, now()), epoch = epoch + 1 where id = p_chat;
  update public.invites set revoked_at = now() where chat_id = p_chat and revoked_at is null;
  perform private.tell(m.user_id, 'membership', jsonb_build_object('chat_id', p_chat, 'member', false))
  from public.members m where m.chat_id = p_chat;
  delete from public.members m where m.chat_id = p_chat;
end
$$;

comment on function private.end_chat(uuid) is 'Ends a chat for all at once. Callers hold its lock and have the right to.';

create function private.delete_chat(p_chat uuid, p_title text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_chat public.chats;
  v_me uuid;
begin
  select * into v_chat from public.chats c where c.id = p_chat for no key update;
  v_me := private.require_member(p_chat);
  if not exists (select 1 from public.members m where m.chat_id = p_chat and m.user_id = v_me and m.role = 'creator') then
    raise exception 'not the creator' using errcode = 'SR006', hint = 'Only the creator deletes a group.';
  end if;
  if v_chat.kind = 'group' and btrim(coalesce(p_title, '')) <> v_chat.title then
    raise exception 'title does not match' using errcode = 'SR015', hint = 'Type the name of the group as it is.';
  end if;
  perform private.audit(p_chat, 'deleted', null, '{}');
  perform private.end_chat(p_chat);
end
$$;

comment on function private.delete_chat(uuid, text) is 'Definer: the creator ends the chat for everyone.';

create function public.delete_chat(p_chat uuid, p_title text default '') returns void
language sql volatile security invoker set search_path = '' as $$ select private.delete_chat(p_chat, p_title) $$;

comment on function public.delete_chat(uuid, text) is 'The creator deletes a chat for all; a group only with its name typed. Raises SR002, SR006 or SR015.';

create or replace function private.member_gone() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_actor uuid := (select auth.uid());
  v_heir uuid;
  v_chat public.chats;
begin
  select * into v_chat from public.chats c where c.id = old.chat_id;
  -- The chat itself is being deleted.
  if v_chat.id is null then
    return null;
  end if;
  if exists (select 1 from public.profiles p where p.id = old.user_id) then
    insert into private.former_members (chat_id, user_id, joined_at) values (old.chat_id, old.user_id, old.joined_at);
  end if;
  -- Deleted for all: its topic has ended, and everyone was told.
  if v_chat.deleted_at is not null then
    return null;
  end if;

  -- The new epoch comes first: all that follows goes to a topic on which the former member is not.
  update public.chats set epoch = epoch + 1 where id = old.chat_id;
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

grant execute on function
  public.rename_chat(uuid, text), private.rename_chat(uuid, text),
  public.set_instructions(uuid, text), private.set_instructions(uuid, text),
  public.hand_over(uuid, uuid), private.hand_over(uuid, uuid),
  public.set_archived(uuid, boolean), private.set_archived(uuid, boolean),
  public.delete_chat(uuid, text), private.delete_chat(uuid, text)
to authenticated;
