-- All my data: the parts of a download that were missing. Own words written in groups while a guardian has groups off come as those from
-- chats one has left do: nothing of others with them.

create function private.my_closed_rows(p_part text) returns table (key text, line jsonb)
language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := private.require_user();
begin
  case p_part
    when 'sign_in' then return query
      select u.id::text, jsonb_build_object('id', u.id, 'email', u.email, 'created_at', u.created_at, 'last_sign_in_at', u.last_sign_in_at)
      from auth.users u where u.id = v_me;
    when 'past_memberships' then return query
      select lpad(f.id::text, 20, '0'), jsonb_build_object('chat_id', f.chat_id, 'joined_at', f.joined_at, 'left_at', f.left_at)
      from private.former_members f where f.user_id = v_me;
    when 'used_invites' then return query
      select r.invite_id::text, jsonb_build_object('invite_id', r.invite_id, 'redeemed_at', r.redeemed_at, 'declined_at', r.declined_at)
      from private.invite_redemptions r where r.user_id = v_me;
    when 'join_requests' then return query
      select r.chat_id::text, jsonb_build_object('chat_id', r.chat_id, 'created_at', r.created_at)
      from public.join_requests r where r.user_id = v_me;
    when 'guardians' then return query
      select e.value ->> 'id', e.value from jsonb_array_elements(private.my_guardianships() -> 'links') e;
    when 'deeds' then return query
      select e.chat_id || ' ' || lpad(e.number::text, 12, '0'),
        jsonb_build_object('chat_id', e.chat_id, 'number', e.number, 'at', e.created_at, 'type', e.type)
      from public.audit_events e where e.actor_id = v_me;
    when 'choices' then return query
      select c.chat_id || ' ' || c.choice, jsonb_build_object('chat_id', c.chat_id, 'choice', c.choice, 'value', c.value) from (
        select p.chat_id, 'model' as choice, p.model as value from private.model_pins p where p.user_id = v_me
        union all select p.chat_id, 'shows_pages', 'yes' from private.page_presence_choices p where p.user_id = v_me
        union all select p.chat_id, 'seen_at', p.seen_at::text from private.presence p where p.user_id = v_me
        union all select p.chat_id, 'page_hash', p.page from private.page_presence p where p.user_id = v_me) c;
    when 'pictures' then return query
      select u.period_start::text, jsonb_build_object('period_start', u.period_start, 'used', u.used)
      from private.picture_use u where u.user_id = v_me;
    when 'notes' then return query
      select s.chat_id::text || ' ' || lpad(s.from_seq::text, 12, '0'),
        jsonb_build_object('chat_id', s.chat_id, 'body', s.body, 'made_at', s.made_at)
      from private.chat_summaries s join public.chats c on c.id = s.chat_id and c.kind = 'solo' and c.creator_id = v_me;
    else raise exception 'no such part' using errcode = 'SR076', hint = 'There is no such part of your data.';
  end case;
end
$$;

comment on function private.my_closed_rows(text) is 'Definer, because the tables are closed: what they hold of the caller. notes: what the AI keeps of the caller''s own chats. deeds: what logs say the caller did, without its details, which may be others'' words.';

create function private.my_open_rows(p_part text) returns table (key text, line jsonb)
language plpgsql stable security invoker set search_path = '' as $$
declare
  v_me uuid := private.require_user();
begin
  case p_part
    when 'memories' then return query
      select m.id::text, to_jsonb(m) from public.memories m where m.user_id = v_me;
    when 'solo_chats' then return query
      select c.id::text, jsonb_build_object('id', c.id, 'title', c.title, 'instructions', c.instructions, 'created_at', c.created_at,
        'retention_days', c.retention_days)
      from public.chats c where c.kind = 'solo';
    when 'solo_answers' then return query
      select m.id::text, jsonb_build_object('id', m.id, 'chat_id', m.chat_id, 'body', m.body, 'created_at', m.created_at,
        'reply_to', m.reply_to, 'sources', m.sources, 'attachments', m.attachments)
      from public.messages m join public.chats c on c.id = m.chat_id and c.kind = 'solo' where m.kind = 'assistant';
    else return query select r.key, r.line from private.my_closed_rows(p_part) r;
  end case;
end
$$;

comment on function private.my_open_rows(text) is 'Under the caller''s own rights, as far as the tables are open.';

create function public.my_more_data(p_part text, p_after text default null, p_limit integer default 200) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object('rows', coalesce(jsonb_agg(r.line order by r.key collate "C"), '[]'),
    'next', case when count(*) = least(greatest(p_limit, 1), 500) then max(r.key collate "C") end)
  from (
    select o.key, o.line from private.my_open_rows(p_part) o where o.key collate "C" > coalesce(p_after, '')
    order by o.key collate "C" limit least(greatest(p_limit, 1), 500)) r
$$;

comment on function public.my_more_data(text, text, integer) is 'Like my_data, of other parts: memories, solo_chats, solo_answers, sign_in, past_memberships, used_invites, join_requests, guardians, deeds, choices, pictures, notes. Raises SR076.';

create or replace function private.my_left_rows(p_part text, p_after uuid, p_limit integer) returns table (key uuid, line jsonb)
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
        select 1 from public.members b where b.chat_id = m.chat_id and b.user_id = v_me and b.history_from <= m.seq
          and not private.is_shut(b.chat_id, v_me))
      order by m.id limit p_limit;
    when 'left_files' then return query
      select a.id, jsonb_build_object('id', a.id, 'chat_id', a.chat_id, 'message_id', a.message_id, 'name', a.name,
        'content_type', a.content_type, 'size', a.size, 'created_at', a.created_at)
      from public.attachments a left join public.messages m on m.id = a.message_id
      where a.owner_id = v_me and a.id > p_after and not exists (
        select 1 from public.members b where b.chat_id = a.chat_id and b.user_id = v_me and b.history_from <= coalesce(m.seq, b.history_from)
          and not private.is_shut(b.chat_id, v_me))
      order by a.id limit p_limit;
    else raise exception 'no such part' using errcode = 'SR076', hint = 'There is no such part of your data.';
  end case;
end
$$;

grant execute on function
  public.my_more_data(text, text, integer), private.my_open_rows(text), private.my_closed_rows(text)
to authenticated;
