-- Copies take page shares along: the message's own trigger writes them, under ids that do not lead back.

create or replace function private.copy_chat(p_source uuid, p_user uuid, p_id uuid, p_title text, p_files uuid[], p_new uuid[]) returns void
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
  select p_new[array_position(p_files, a.id)], p_id, m.author_id, a.name, a.content_type, a.size, a.width, a.height, a.has_thumbnail,
    a.created_at
  from public.attachments a join public.messages m on m.id = a.message_id where m.chat_id = p_source;
  insert into public.messages (id, chat_id, kind, author_id, body, target, status, reply_to, created_at, sources, shares, attachment_ids)
  select private.copied_id(p_id, m.id), p_id, m.kind, m.author_id, m.body, m.target, m.status,
    (select private.copied_id(p_id, r.id) from public.messages r
      where r.id = m.reply_to and r.deleted_at is null and r.status <> 'failed' and r.seq < m.seq),
    m.created_at, m.sources,
    coalesce((
      select jsonb_agg(private.whole_share_json(s) || jsonb_build_object('id', private.copied_id(p_id, s.id),
        'screenshot_id', p_new[array_position(p_files, s.screenshot_id)]) order by s.place)
      from public.page_shares s where s.message_id = m.id), '[]'),
    array(
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

comment on function private.copied_id(uuid, uuid) is 'The id of a copy in a chat, of a message or a page share. Does not lead back: nobody can tell the one from the other who does not have both.';
