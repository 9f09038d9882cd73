-- Page shares for the AI: whole, of messages that the person answered may read.

create function private.reply_shares(p_job uuid, p_lease uuid, p_messages uuid[]) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('message_id', t.message_id) || t.share order by t.seq, t.place), '[]')
  from (
    select m.id as message_id, m.seq, s.place, private.whole_share_json(s) as share
    from public.reply_jobs j
    join public.members asker on asker.chat_id = j.chat_id and asker.user_id = j.asker_id
    join public.messages m on m.chat_id = j.chat_id and m.id = any (p_messages)
    join public.page_shares s on s.message_id = m.id
    where j.id = p_job and j.lease_token = p_lease and j.state = 'running'
      and m.deleted_at is null and (m.seq >= asker.history_from or m.id = j.trigger_message_id)
    -- The latest: no model reads more.
    order by m.seq desc, s.place limit 20) t
$$;

comment on function private.reply_shares(uuid, uuid, uuid[]) is 'Definer: page shares of messages that the person answered may read, for the holder of the lease alone.';

create function public.reply_shares(p_job uuid, p_lease uuid, p_messages uuid[]) returns jsonb
language sql stable security invoker set search_path = '' as $$ select private.reply_shares(p_job, p_lease, p_messages) $$;

comment on function public.reply_shares(uuid, uuid, uuid[]) is 'For the function reply: [{message_id, id, kind, url, title, author, published_at, language, text, anchor, screenshot_id}], the latest 20 at most.';

grant execute on function public.reply_shares(uuid, uuid, uuid[]), private.reply_shares(uuid, uuid, uuid[]) to service_role;
