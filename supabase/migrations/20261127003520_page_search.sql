-- Search by page: messages by the address or the title of what they share. And the other way round, which chats have shares of a page:
-- asked by so short a prefix of the page's hash that the server cannot tell which page is meant.

drop function public.search_messages(text, uuid, uuid, uuid, integer);
drop function private.find_messages(text, uuid, uuid, uuid, integer);

create function private.find_messages(p_query text, p_chat uuid, p_author uuid, p_page text, p_before uuid, p_limit integer)
returns setof uuid
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan as $$
declare
  v_query tsquery := private.search_query(p_query);
  v_runs text[] := array(select private.unspaced_runs(p_query));
  v_before timestamptz := (select b.created_at from public.messages b where b.id = p_before);
  v_page text := '%' || regexp_replace(p_page, '([\\%_])', '\\\1', 'g') || '%';
  v_chats uuid[] := array(select id from private.my_chat_ids() mine (id) where p_chat is null or id = p_chat);
begin
  if numnode(v_query) > 0 then
    return query
      select m.id from public.messages m
      where m.chat_id = any (v_chats) and m.kind <> 'system' and private.search_vector(m.body) @@ v_query
        -- Pairs may stand apart in a message; the run itself does not.
        and (select coalesce(bool_and(position(run in m.body) > 0), true) from unnest(v_runs) run)
        and (p_author is null or m.author_id = p_author)
        and (p_page is null or exists (select 1 from public.page_shares s where s.message_id = m.id and (s.url ilike v_page or s.title ilike v_page)))
        and (p_before is null or (m.created_at, m.id) < (v_before, p_before))
        and m.deleted_at is null
      order by m.created_at desc, m.id desc limit p_limit;
  elsif p_page is not null then
    return query
      select m.id from public.messages m
      -- Few have shares: those are found first.
      where m.id in (
          select s.message_id from public.page_shares s
          where s.chat_id = any (v_chats) and (s.url ilike v_page or s.title ilike v_page))
        and (p_author is null or m.author_id = p_author)
        and (p_before is null or (m.created_at, m.id) < (v_before, p_before))
        and m.deleted_at is null
      order by m.created_at desc, m.id desc limit p_limit;
  elsif p_author is not null then
    return query
      select m.id from public.messages m
      where m.chat_id = any (v_chats) and m.author_id = p_author
        and (p_before is null or (m.created_at, m.id) < (v_before, p_before))
        and m.deleted_at is null
      order by m.created_at desc, m.id desc limit p_limit;
  end if;
end
$$;

comment on function private.find_messages(text, uuid, uuid, text, uuid, integer) is 'Ids of messages in the caller''s chats, latest first. Definer, because under row-level security the index may not be used: its operator could leak what it compares. What may be seen of them is for the policies of messages to say.';

create function public.search_messages(
  p_query text, p_chat uuid default null, p_author uuid default null,
  p_before uuid default null, p_limit integer default 30, p_page text default null) returns setof jsonb
language sql stable security invoker set search_path = '' as $$
  select private.message_json(m)
  from private.find_messages(p_query, p_chat, p_author, p_page, p_before, least(greatest(p_limit, 1), 100)) found (id)
  join public.messages m on m.id = found.id
  order by m.created_at desc, m.id desc
$$;

comment on function public.search_messages(text, uuid, uuid, uuid, integer, text) is 'The caller''s messages that hold all words of the query, the last one as a beginning, latest first; in one chat, by one person, with a share of a page whose address or title holds p_page, or all of it. Without words: all of that person or page. The next page: those before the last message of this one.';

create function public.shares_of_pages(p_prefix text) returns setof jsonb
language plpgsql stable security invoker set search_path = '' as $$
begin
  -- More would tell more than is needed.
  if p_prefix !~ '^[0-9a-f]$' then
    raise exception 'not a prefix' using errcode = 'SR062', hint = 'Pages are looked up by the first hex digit of their hash.';
  end if;
  return query
    select jsonb_build_object('chat_id', s.chat_id, 'page_hash', s.page_hash, 'count', count(*),
      'message_id', (array_agg(m.id order by m.seq desc))[1], 'seq', max(m.seq))
    from public.page_shares s join public.messages m on m.id = s.message_id
    where s.page_hash like p_prefix || '%' and s.chat_id in (select private.my_chat_ids())
    group by s.chat_id, s.page_hash;
end
$$;

comment on function public.shares_of_pages(text) is 'Of every page whose hash begins with this hex digit, the shares in the caller''s chats: {chat_id, page_hash, count, message_id, seq}, the latter two of the latest. A sixteenth of all pages of the web, of which the caller keeps the one meant. Raises SR062.';

grant execute on function
  public.search_messages(text, uuid, uuid, uuid, integer, text), private.find_messages(text, uuid, uuid, text, uuid, integer),
  public.shares_of_pages(text)
to authenticated;
