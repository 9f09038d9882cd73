-- Search fills its pages with what may be seen: a page that policies made short would be taken for the last one.

alter function private.find_messages(text, uuid, uuid, text, uuid, integer) rename to find_messages_unfiltered;
revoke execute on function private.find_messages_unfiltered(text, uuid, uuid, text, uuid, integer) from authenticated;

create function private.find_messages(p_query text, p_chat uuid, p_author uuid, p_page text, p_before uuid, p_limit integer)
returns setof uuid
language plpgsql stable security definer set search_path = '' as $$
declare
  v_hidden constant uuid[] := private.hidden_authors();
  v_wanted integer := p_limit;
  v_before uuid := p_before;
  v_found uuid[];
  v_shown integer;
begin
  if v_hidden = '{}' then
    return query select private.find_messages_unfiltered(p_query, p_chat, p_author, p_page, p_before, p_limit);
  elsif (p_author = any (v_hidden)) is not true then
    -- Whoever is surrounded by hidden messages sees the end of the search before the server has read all of them.
    for round in 1 .. 20 loop
      v_found := array(select private.find_messages_unfiltered(p_query, p_chat, p_author, p_page, v_before, 500));
      return query
        select m.id from unnest(v_found) with ordinality found (id, place) join public.messages m on m.id = found.id
        where (m.author_id = any (v_hidden)) is not true order by found.place limit v_wanted;
      get diagnostics v_shown = row_count;
      v_wanted := v_wanted - v_shown;
      exit when v_wanted <= 0 or cardinality(v_found) < 500;
      v_before := v_found[500];
    end loop;
  end if;
end
$$;

comment on function private.find_messages(text, uuid, uuid, text, uuid, integer) is 'Ids of messages in the caller''s chats that are not hidden from them, latest first. Definer, because under row-level security the index may not be used: its operator could leak what it compares. What else may be seen of them is for the policies of messages to say.';

grant execute on function private.find_messages(text, uuid, uuid, text, uuid, integer) to authenticated;
