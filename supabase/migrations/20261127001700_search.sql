-- Search: messages by their words, in whatever language. Words are those of Postgres full text without stemming, so that no
-- language is preferred; scripts written without spaces (Chinese, Japanese) or with endings grown onto the word (Korean) are
-- found by pairs of characters.

create extension if not exists btree_gin with schema extensions;

create function private.unspaced_runs(p_text text) returns setof text
language sql immutable security invoker set search_path = '' as $$
  select m[1] from regexp_matches(p_text,
    '([\u1100-\u11ff\u3005\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]+)', 'g') m
$$;

comment on function private.unspaced_runs(text) is 'The runs of Han, Hiragana, Katakana and Hangul in a text, in order.';

create function private.spaced_words(p_text text) returns text
language sql immutable security invoker set search_path = '' as $$
  select regexp_replace(p_text,
    '[\u1100-\u11ff\u3005\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]+', ' ', 'g')
$$;

comment on function private.spaced_words(text) is 'The text without those runs.';

create function private.search_vector(p_text text) returns tsvector
language sql immutable security invoker set search_path = '' as $$
  select to_tsvector('pg_catalog.simple', private.spaced_words(p_text)) || array_to_tsvector(coalesce((
    -- Each pair, and the last character alone: a search for one character is one for its beginning.
    select array_agg(distinct substr(run, i, 2)) from private.unspaced_runs(p_text) run, generate_series(1, char_length(run)) i
  ), '{}'))
$$;

comment on function private.search_vector(text) is 'What the index holds of a message.';

create function private.search_query(p_text text) returns tsquery
language plpgsql immutable security invoker set search_path = '' as $$
declare
  v_words tsquery := plainto_tsquery('pg_catalog.simple', private.spaced_words(p_text));
  v_pairs tsquery := (
    select string_agg(quote_literal(substr(run, i, 2)) || case char_length(run) when 1 then ':*' else '' end, ' & ')::tsquery
    from private.unspaced_runs(p_text) run, generate_series(1, greatest(char_length(run) - 1, 1)) i);
begin
  -- The last word may still be being typed.
  if numnode(v_words) > 0 and p_text !~ '\s$' then
    v_words := (v_words::text || ':*')::tsquery;
  end if;
  return coalesce(v_words && v_pairs, v_words);
end
$$;

comment on function private.search_query(text) is 'What is looked for: all words, the last one as a beginning. Empty when the text holds nothing to look for.';

create index messages_by_words on public.messages using gin (chat_id, private.search_vector(body)) where kind <> 'system';

create function private.find_messages(p_query text, p_chat uuid, p_author uuid, p_before uuid, p_limit integer)
returns setof uuid
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan as $$
declare
  v_query tsquery := private.search_query(p_query);
  v_runs text[] := array(select private.unspaced_runs(p_query));
  v_before timestamptz := (select b.created_at from public.messages b where b.id = p_before);
  v_chats uuid[] := array(select id from private.my_chat_ids() mine (id) where p_chat is null or id = p_chat);
begin
  if numnode(v_query) > 0 then
    return query
      select m.id from public.messages m
      where m.chat_id = any (v_chats) and m.kind <> 'system' and private.search_vector(m.body) @@ v_query
        -- Pairs may stand apart in a message; the run itself does not.
        and (select coalesce(bool_and(position(run in m.body) > 0), true) from unnest(v_runs) run)
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

comment on function private.find_messages(text, uuid, uuid, uuid, integer) is 'Ids of messages in the caller''s chats, latest first. Definer, because under row-level security the index may not be used: its operator could leak what it compares. What may be seen of them is for the policies of messages to say.';

create function public.search_messages(
  p_query text, p_chat uuid default null, p_author uuid default null,
  p_before uuid default null, p_limit integer default 30) returns setof jsonb
language sql stable security invoker set search_path = '' as $$
  select private.message_json(m)
  from private.find_messages(p_query, p_chat, p_author, p_before, least(greatest(p_limit, 1), 100)) found (id)
  join public.messages m on m.id = found.id
  order by m.created_at desc, m.id desc
$$;

comment on function public.search_messages(text, uuid, uuid, uuid, integer) is 'The caller''s messages that hold all words of the query, the last one as a beginning, latest first; in one chat, by one person, or both. Without words: all of that person. The next page: those before the last message of this one.';

grant execute on function
  private.unspaced_runs(text), private.spaced_words(text), private.search_vector(text)
to authenticated, service_role;
grant execute on function
  private.search_query(text),
  public.search_messages(text, uuid, uuid, uuid, integer), private.find_messages(text, uuid, uuid, uuid, integer)
to authenticated;
