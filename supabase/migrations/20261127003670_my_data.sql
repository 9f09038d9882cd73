-- My data: everything about a person, for that person, page by page. Under their own rights: what they could not read in the panel they
-- do not get here either, and of chats they have left they see nothing.
--
-- Another error code: SR076 no such part.

create function private.my_reactions() returns table (message_id uuid, emoji text, created_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select r.message_id, r.emoji, r.created_at
  from private.reactions r join public.messages m on m.id = r.message_id
  join public.members b on b.chat_id = m.chat_id and b.user_id = r.user_id and b.history_from <= m.seq
  where r.user_id = (select auth.uid())
$$;

comment on function private.my_reactions() is 'Definer, because the table is closed: the caller''s own, on messages they may see.';

create function private.my_use() returns table (period_start timestamptz, used integer)
language sql stable security definer set search_path = '' as $$
  select q.period_start, q.used from private.quota_use q where q.user_id = (select auth.uid())
$$;

comment on function private.my_use() is 'Definer, because the table is closed: how often the AI answered the caller.';

create function private.my_rows(p_part text, p_after text, p_limit integer) returns table (key text, line jsonb)
language plpgsql stable security invoker set search_path = '' as $$
declare
  v_me uuid := private.require_user();
begin
  case p_part
    when 'profile' then return query
      select p.id::text, to_jsonb(p) from public.profiles p where p.id = v_me and p.id::text > p_after;
    when 'account' then return query
      select a.user_id::text, to_jsonb(a) from public.accounts a where a.user_id = v_me and a.user_id::text > p_after;
    when 'memberships' then return query
      select m.chat_id::text, to_jsonb(m) || jsonb_build_object('kind', c.kind, 'title', c.title)
      from public.members m join public.chats c on c.id = m.chat_id
      where m.user_id = v_me and m.chat_id::text > p_after order by m.chat_id limit p_limit;
    when 'messages' then return query
      select m.id::text, to_jsonb(m) || jsonb_build_object('earlier_wordings', (
        select coalesce(jsonb_agg(jsonb_build_object('body', v.body, 'replaced_at', v.replaced_at) order by v.version), '[]')
        from public.message_versions v where v.message_id = m.id))
      from public.messages m where m.author_id = v_me and m.id > p_after::uuid order by m.id limit p_limit;
    when 'reactions' then return query
      select r.message_id || ' ' || r.emoji, to_jsonb(r) from private.my_reactions() r
      where (r.message_id || ' ' || r.emoji) collate "C" > p_after order by (r.message_id || ' ' || r.emoji) collate "C" limit p_limit;
    when 'files' then return query
      select a.id::text, to_jsonb(a) from public.attachments a
      where a.owner_id = v_me and a.id > p_after::uuid order by a.id limit p_limit;
    when 'answers' then return query
      select j.id::text, jsonb_build_object('id', j.id, 'chat_id', j.chat_id, 'trigger_message_id', j.trigger_message_id, 'state', j.state,
        'receipt', j.receipt, 'decision', j.decision, 'created_at', j.created_at)
      from public.reply_jobs j where j.asker_id = v_me and j.id > p_after::uuid order by j.id limit p_limit;
    when 'usage' then return query
      select u.period_start::text, to_jsonb(u) from private.my_use() u where u.period_start::text collate "C" > p_after
      order by u.period_start::text collate "C" limit p_limit;
    when 'invites' then return query
      select i.id::text, jsonb_build_object('id', i.id, 'chat_id', i.chat_id, 'created_at', i.created_at, 'expires_at', i.expires_at,
        'uses', i.uses, 'revoked_at', i.revoked_at)
      from public.invites i where i.created_by = v_me and i.id > p_after::uuid order by i.id limit p_limit;
    when 'blocks' then return query
      select b.blocked_id::text, to_jsonb(b) from public.blocks b where b.blocker_id = v_me and b.blocked_id > p_after::uuid
      order by b.blocked_id limit p_limit;
    when 'reports' then return query
      select r ->> 'message_id', r from public.my_reports() r where r ->> 'message_id' > p_after order by 1 limit p_limit;
    when 'sessions' then return query
      select s ->> 'id', s from public.my_sessions() s where s ->> 'id' > p_after order by 1 limit p_limit;
    else raise exception 'no such part' using errcode = 'SR076', hint = 'There is no such part of your data.';
  end case;
end
$$;

comment on function private.my_rows(text, text, integer) is 'Rows of a part after a key, in the order of keys.';

create function public.my_data(p_part text, p_after text default null, p_limit integer default 200) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object('rows', coalesce(jsonb_agg(r.line order by r.key collate "C"), '[]'),
    'next', case when count(*) = least(greatest(p_limit, 1), 500) then max(r.key collate "C") end)
  from private.my_rows(p_part,
    coalesce(p_after, case when p_part in ('reactions', 'usage') then '' else '00000000-0000-0000-0000-000000000000' end),
    least(greatest(p_limit, 1), 500)) r
$$;

comment on function public.my_data(text, text, integer) is 'A page of what is known about the caller: {rows, next}, next null on the last page. Parts: profile, account, memberships, messages, reactions, files, answers, usage, invites, blocks, reports, sessions. Raises SR076.';

grant execute on function
  public.my_data(text, text, integer), private.my_rows(text, text, integer), private.my_reactions(), private.my_use()
to authenticated;
