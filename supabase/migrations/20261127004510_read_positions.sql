-- Read positions: how far others have read, asked by a function that leaves out people apart. In the table a member reads who is in the
-- chat and nothing that moves while somebody uses it.

revoke select on public.members from authenticated;
-- The policy of messages looks history_from up as the reader.
grant select (chat_id, user_id, role, joined_at, history_from) on public.members to authenticated;

create function private.read_positions(p_chat uuid) returns setof jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('chat_id', m.chat_id, 'user_id', m.user_id, 'seq', m.last_read_seq)
  from public.members m
  where m.chat_id = p_chat and m.chat_id in (select private.my_chat_ids()) and not private.are_apart(m.user_id, (select auth.uid()))
$$;

comment on function private.read_positions(uuid) is 'Definer: how far the members of a chat of the caller have read, but those apart from them.';

create function public.read_positions(p_chat uuid) returns setof jsonb
language sql stable security invoker set search_path = '' as $$ select private.read_positions(p_chat) $$;

comment on function public.read_positions(uuid) is 'How far each has read: {chat_id, user_id, seq}, as the event read. Empty when the caller is not a member.';

create function private.my_memberships() returns setof public.members
language sql stable security definer rows 20 set search_path = '' as $$
  select m.* from public.members m where m.user_id = (select auth.uid()) and m.chat_id in (select private.my_chat_ids())
$$;

comment on function private.my_memberships() is 'The caller''s own rows of members, with the columns that are theirs alone. Definer, because nobody reads those in the table.';

create or replace function private.my_chats_unfiltered() returns setof jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object(
    'id', c.id, 'kind', c.kind, 'title', c.title, 'instructions', c.instructions, 'reply_mode', c.reply_mode, 'epoch', c.epoch,
    'creator_id', c.creator_id, 'created_at', c.created_at, 'last_seq', c.last_seq,
    'notification_level', me.notification_level, 'last_read_seq', me.last_read_seq,
    -- Looked for among the latest 50 in order; whatever people say brings a chat back.
    'archived', me.archived_at is not null and not exists (
      select 1 from (
        select m.kind, m.created_at from public.messages m where m.chat_id = c.id order by m.seq desc limit 50) latest
      where latest.kind <> 'system' and latest.created_at > me.archived_at),
    'pending_requests', (select count(*) from public.join_requests r where r.chat_id = c.id),
    'member_count', (select count(*) from public.members m where m.chat_id = c.id),
    'unread', news.unread, 'mentioned', news.mentioned,
    'last_message', (
      select private.message_json(m) from public.messages m where m.chat_id = c.id order by m.seq desc limit 1))
  from private.my_memberships() me
  join public.chats c on c.id = me.chat_id
  cross join lateral (
    select least(count(*), 100) as unread,
      coalesce(bool_or(later.mentions_all or me.user_id = any (later.mentions)), false) as mentioned
    -- Looked for among the next 500 in order: the index by seq is read from the last message read on, and never far.
    from (
      select m.kind, m.author_id, m.mentions, m.mentions_all from public.messages m
      where m.chat_id = c.id and m.seq > me.last_read_seq order by m.seq limit 500) later
    where later.kind <> 'system' and later.author_id is distinct from me.user_id) news
$$;

-- What a person gets of their data is kept under another name; this one stands before it.
alter function private.my_rows(text, text, integer) rename to my_rows_but_memberships;

create function private.my_rows(p_part text, p_after text, p_limit integer) returns table (key text, line jsonb)
language plpgsql stable security invoker set search_path = '' as $$
begin
  if p_part = 'memberships' then
    return query
      select m.chat_id::text, to_jsonb(m) || jsonb_build_object('kind', c.kind, 'title', c.title)
      from private.my_memberships() m join public.chats c on c.id = m.chat_id
      where m.chat_id::text > p_after order by m.chat_id limit p_limit;
  else
    return query select r.key, r.line from private.my_rows_but_memberships(p_part, p_after, p_limit) r;
  end if;
end
$$;

comment on function private.my_rows(text, text, integer) is 'Rows of a part after a key, in the order of keys; those of memberships with what is the caller''s alone.';

grant execute on function
  public.read_positions(uuid), private.read_positions(uuid), private.my_memberships(), private.my_rows(text, text, integer)
to authenticated;
