-- A chat's row is locked before its members and whatever hangs on them. A removal goes in this order; a beat or a read position that
-- went the other way round could lock with it for good, and one of the two was refused.

create or replace function private.beat(p_chat uuid, p_here boolean, p_typing boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_me uuid;
  v_told boolean;
begin
  perform 1 from public.chats c where c.id = p_chat for share;
  v_me := private.require_member(p_chat);
  if p_here then
    insert into private.presence as p (chat_id, user_id, typing) values (p_chat, v_me, p_typing)
    on conflict (chat_id, user_id) do update set typing = excluded.typing, seen_at = excluded.seen_at
      -- Whoever beats faster than anybody types is not told.
      where p.typing <> excluded.typing or p.seen_at < excluded.seen_at - interval '1 second'
    returning true into v_told;
  else
    delete from private.presence p where p.chat_id = p_chat and p.user_id = v_me returning true into v_told;
  end if;
  if v_told then
    perform private.publish(p_chat, 'presence',
      jsonb_build_object('chat_id', p_chat, 'user_id', v_me, 'here', p_here, 'typing', p_here and p_typing));
  end if;
end
$$;

create or replace function private.mark_read(p_chat uuid, p_seq bigint) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid := (select auth.uid());
  v_last bigint;
  v_seq bigint;
begin
  select c.last_seq into v_last from public.chats c where c.id = p_chat for share;
  update public.members m set last_read_seq = least(p_seq, v_last)
  where m.chat_id = p_chat and m.user_id = v_me and m.last_read_seq < least(p_seq, v_last)
  returning m.last_read_seq into v_seq;
  if v_seq is not null then
    perform private.publish(p_chat, 'read', jsonb_build_object('chat_id', p_chat, 'user_id', v_me, 'seq', v_seq));
  end if;
end
$$;

-- Those who work a job lock it before its chat; a message holds its chat, and so waits for no job. One that is being taken up at this
-- very moment is left alone, and the message is a turn of its own.

create or replace function private.queue_reply() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_chat public.chats;
  v_job public.reply_jobs;
  v_rule text;
begin
  if new.kind <> 'member' or new.target = 'people' or private.is_copying() then
    return null;
  end if;
  select * into v_chat from public.chats c where c.id = new.chat_id;
  if v_chat.reply_mode = 'off' then
    return null;
  end if;
  if v_chat.kind = 'group' and private.asks_for_quiet(new.body) and (
    private.mentions_ai(new.body) or (
      select l.kind = 'assistant' from public.messages l
      where l.chat_id = new.chat_id and l.seq < new.seq and l.kind <> 'system' order by l.seq desc limit 1)) then
    update public.chats set quiet_until = now() + interval '30 minutes' where id = new.chat_id;
  end if;
  if v_chat.kind = 'solo' or private.mentions_ai(new.body)
    or exists (select 1 from public.messages m where m.id = new.reply_to and m.kind = 'assistant') then
    insert into public.reply_jobs (chat_id, trigger_message_id, asker_id) values (new.chat_id, new.id, new.author_id)
    returning * into v_job;
    perform private.publish(new.chat_id, 'reply', private.reply_json(v_job));
  elsif v_chat.reply_mode = 'automatic' then
    v_rule := private.free_rule(new, v_chat);
    -- What waits to be considered is about the latest message.
    update public.reply_jobs set trigger_message_id = new.id, asker_id = new.author_id, touched_at = clock_timestamp(),
      run_after = now() + interval '800 milliseconds'
    where v_rule is null and id = (
      select j.id from public.reply_jobs j
      where j.chat_id = new.chat_id and j.kind = 'turn' and j.state = 'queued' limit 1 for update skip locked);
    if not found then
      insert into public.reply_jobs (chat_id, trigger_message_id, asker_id, kind, run_after, state, finished_at, decision)
      values (new.chat_id, new.id, new.author_id, 'turn', now() + interval '800 milliseconds',
        case when v_rule is null then 'queued' else 'silent' end::public.reply_state, case when v_rule is not null then now() end,
        case when v_rule is not null then jsonb_build_object('by', 'rules', 'action', 'silent', 'reason', v_rule) end);
    end if;
  end if;
  return null;
end
$$;

