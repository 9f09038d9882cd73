-- My words: what a person wrote where they may not read any more, in chats they have left, were removed from, or have cleared for
-- themselves. Their own words and files alone: nothing that others said, gave or did there.

create function private.my_left_rows(p_part text, p_after uuid, p_limit integer) returns table (key uuid, line jsonb)
language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_user();
begin
  case p_part
    when 'left_messages' then return query
      select m.id, jsonb_build_object('id', m.id, 'chat_id', m.chat_id, 'body', m.body, 'created_at', m.created_at,
        'edited_at', m.edited_at, 'deleted_at', m.deleted_at, 'earlier_wordings', (
          select coalesce(jsonb_agg(jsonb_build_object('body', v.body, 'replaced_at', v.replaced_at) order by v.version), '[]')
          from public.message_versions v where v.message_id = m.id), 'page_shares', (
          select coalesce(jsonb_agg(to_jsonb(s) order by s.place), '[]') from public.page_shares s where s.message_id = m.id))
      from public.messages m
      where m.author_id = v_me and m.id > p_after and not exists (
        select 1 from public.members b where b.chat_id = m.chat_id and b.user_id = v_me and b.history_from <= m.seq)
      order by m.id limit p_limit;
    when 'left_files' then return query
      select a.id, jsonb_build_object('id', a.id, 'chat_id', a.chat_id, 'message_id', a.message_id, 'name', a.name,
        'content_type', a.content_type, 'size', a.size, 'created_at', a.created_at)
      from public.attachments a left join public.messages m on m.id = a.message_id
      where a.owner_id = v_me and a.id > p_after and not exists (
        select 1 from public.members b where b.chat_id = a.chat_id and b.user_id = v_me and b.history_from <= coalesce(m.seq, b.history_from))
      order by a.id limit p_limit;
    else raise exception 'no such part' using errcode = 'SR076', hint = 'There is no such part of your data.';
  end case;
end
$$;

comment on function private.my_left_rows(text, uuid, integer) is 'Rows of a part after a key, in the order of keys. Definer, because the policies show nothing of such chats; author and owner are compared with the caller.';

create function public.my_left_data(p_part text, p_after text default null, p_limit integer default 200) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object('rows', coalesce(jsonb_agg(r.line order by r.key), '[]'),
    'next', case when count(*) = least(greatest(p_limit, 1), 500) then max(r.key::text collate "C") end)
  from private.my_left_rows(p_part, coalesce(p_after, '00000000-0000-0000-0000-000000000000')::uuid, least(greatest(p_limit, 1), 500)) r
$$;

comment on function public.my_left_data(text, text, integer) is 'A page of what the caller wrote where they may not read any more, shaped as pages of my_data are. Parts: left_messages, left_files. Raises SR076.';

grant execute on function public.my_left_data(text, text, integer), private.my_left_rows(text, uuid, integer) to authenticated;
