-- Copies: a solo chat becomes a group without being touched. Whoever is invited sees the copy; no id and no path of the solo chat is
-- in it. The function copy has copied the files' bytes before; what follows is one transaction.

create function private.is_copying() returns boolean
language sql stable security invoker set search_path = '' as $$ select coalesce(current_setting('sideroom.copying', true), '') = 'on' $$;

comment on function private.is_copying() is 'Whether this transaction copies a chat: its messages were answered where they were said, and nobody listens to the new chat yet.';

create function private.copied_id(p_chat uuid, p_message uuid) returns uuid
language sql immutable security invoker set search_path = '' as $$
  select substr(encode(sha256(convert_to(p_chat || ':' || p_message, 'UTF8')), 'hex'), 1, 32)::uuid
$$;

comment on function private.copied_id(uuid, uuid) is 'The id of a message''s copy in a chat. Does not lead back: nobody can tell the one from the other who does not have both.';

create or replace function private.log_change(p_chat uuid, p_seq bigint, p_kind public.change_kind, p_entity uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.changes (chat_id, seq, kind, entity_id) values (p_chat, p_seq, p_kind, p_entity);
  if private.is_copying() then
    return;
  end if;
  -- Those who may see it read it from the log.
  if p_kind = 'message' and not private.is_for_all(p_entity) then
    perform private.publish(p_chat, 'hint', jsonb_build_object('chat_id', p_chat, 'seq', p_seq));
  else
    perform private.publish(p_chat, 'change', private.change_json(p_chat, p_seq, p_kind, p_entity));
  end if;
end
$$;

create or replace function private.queue_reply() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_chat public.chats;
  v_job public.reply_jobs;
begin
  if new.kind <> 'member' or new.target = 'people' or private.is_copying() then
    return null;
  end if;
  select * into v_chat from public.chats c where c.id = new.chat_id;
  if v_chat.reply_mode = 'off' then
    return null;
  end if;
  if v_chat.kind = 'solo' or private.mentions_ai(new.body)
    or exists (select 1 from public.messages m where m.id = new.reply_to and m.kind = 'assistant') then
    insert into public.reply_jobs (chat_id, trigger_message_id, asker_id) values (new.chat_id, new.id, new.author_id)
    returning * into v_job;
    perform private.publish(new.chat_id, 'reply', private.reply_json(v_job));
  end if;
  return null;
end
$$;

create function private.require_solo(p_chat uuid, p_user uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  -- Nothing is said in it while it is being copied.
  perform 1 from public.chats c where c.id = p_chat and c.kind = 'solo' for no key update;
  if not found or not private.is_member(p_chat, p_user) then
    raise exception 'no such solo chat' using errcode = 'SR007', hint = 'This chat is not there any more.';
  end if;
end
$$;

comment on function private.require_solo(uuid, uuid) is 'Locks a person''s solo chat; raises SR007 for any other.';

create function private.files_to_copy(p_source uuid, p_user uuid, p_id uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_solo(p_source, p_user);
  if private.is_member(p_id, p_user) then
    return null;
  end if;
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'has_thumbnail', a.has_thumbnail)), '[]')
    from public.attachments a join public.messages m on m.id = a.message_id where m.chat_id = p_source);
end
$$;

comment on function private.files_to_copy(uuid, uuid, uuid) is 'Definer: the sent files of a solo chat; null when the copy is there already.';

create function private.copy_chat(p_source uuid, p_user uuid, p_id uuid, p_title text, p_files uuid[], p_new uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform private.require_profile(p_user);
  perform private.require_solo(p_source, p_user);
  if private.is_member(p_id, p_user) then
    return;
  end if;
  if exists (
    select 1 from public.messages m, unnest(m.attachment_ids) file (id) where m.chat_id = p_source and file.id <> all (p_files)) then
    raise exception 'a file is missing' using errcode = 'SR023', hint = 'A file was added meanwhile. Try again.';
  end if;
  perform set_config('sideroom.copying', 'on', true);
  insert into public.chats (id, kind, title, reply_mode, creator_id) values (p_id, 'group', btrim(p_title), 'mention', p_user);
  insert into public.members (chat_id, user_id, role) values (p_id, p_user, 'creator');
  insert into public.attachments (id, chat_id, owner_id, name, content_type, size, width, height, has_thumbnail, created_at)
  select p_new[array_position(p_files, a.id)], p_id, p_user, a.name, a.content_type, a.size, a.width, a.height, a.has_thumbnail, a.created_at
  from public.attachments a join public.messages m on m.id = a.message_id where m.chat_id = p_source;
  insert into public.messages (id, chat_id, kind, author_id, body, target, status, reply_to, created_at, attachment_ids)
  select private.copied_id(p_id, m.id), p_id, m.kind, m.author_id, m.body, m.target, m.status,
    (select private.copied_id(p_id, r.id) from public.messages r
      where r.id = m.reply_to and r.deleted_at is null and r.status <> 'failed' and r.seq < m.seq),
    m.created_at, array(
      select p_new[array_position(p_files, file.id)] from unnest(m.attachment_ids) with ordinality file (id, place) order by file.place)
  from public.messages m
  where m.chat_id = p_source and m.kind <> 'system' and m.deleted_at is null and m.status <> 'failed'
  order by m.seq;
  insert into private.reactions (message_id, user_id, emoji, created_at)
  select private.copied_id(p_id, r.message_id), r.user_id, r.emoji, r.created_at
  from private.reactions r join public.messages m on m.id = r.message_id where m.chat_id = p_source and m.deleted_at is null
    and m.kind <> 'system' and m.status <> 'failed';
  perform private.post_notice(p_id, jsonb_build_object('type', 'copied', 'user_id', p_user));
  update public.members m set last_read_seq = c.last_seq
  from public.chats c where c.id = p_id and m.chat_id = p_id and m.user_id = p_user;
  perform set_config('sideroom.copying', 'off', true);
end
$$;

comment on function private.copy_chat(uuid, uuid, uuid, text, uuid[], uuid[]) is 'Definer: a group that holds what was said in a solo chat, in one transaction. p_new: the new id of each of p_files, whose bytes are copied already.';

create function public.files_to_copy(p_source uuid, p_user uuid, p_id uuid) returns jsonb
language sql volatile security invoker set search_path = '' as $$ select private.files_to_copy(p_source, p_user, p_id) $$;

comment on function public.files_to_copy(uuid, uuid, uuid) is 'For the function copy: [{id, has_thumbnail}] of the files that go along; null when the copy is there already. Raises SR007.';

create function public.copy_chat(p_source uuid, p_user uuid, p_id uuid, p_title text, p_files uuid[], p_new uuid[]) returns void
language sql volatile security invoker set search_path = '' as $$ select private.copy_chat(p_source, p_user, p_id, p_title, p_files, p_new) $$;

comment on function public.copy_chat(uuid, uuid, uuid, text, uuid[], uuid[]) is 'For the function copy: makes the group; doing so twice is once. Raises SR005, SR007, SR021 (bytes missing), SR023 (a file was added meanwhile) or the checks of chats.';

grant execute on function
  public.files_to_copy(uuid, uuid, uuid), private.files_to_copy(uuid, uuid, uuid),
  public.copy_chat(uuid, uuid, uuid, text, uuid[], uuid[]), private.copy_chat(uuid, uuid, uuid, text, uuid[], uuid[])
to service_role;
