-- Retention: how long a chat keeps what is said in it. Any member sets it, all are told, and nothing goes before a day has passed in
-- which they may set it back. A legal hold of the operator stands above: nothing of that chat is purged while it lasts.
--
-- Another error code: SR072 no such retention.

alter table public.chats
  add column retention_days integer
    constraint chats_retention_range check (retention_days between 1 and 3650),
  add column retention_since timestamptz;

create index chats_retention on public.chats (id) where retention_days is not null;

comment on column public.chats.retention_days is 'Messages older than this go with the purge; null: they stay.';
comment on column public.chats.retention_since is 'When that was set; it works from a day later on.';

create table private.legal_holds (
  chat_id uuid primary key references public.chats (id),
  reason text not null constraint legal_holds_reason_length check (char_length(reason) between 1 and 1000),
  created_at timestamptz not null default clock_timestamp()
);

comment on table private.legal_holds is 'Chats of which nothing may be purged. The reference refuses to delete such a chat, whoever tries. Members do not see it.';

create function private.set_legal_hold(p_chat uuid, p_reason text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if p_reason is null then
    delete from private.legal_holds h where h.chat_id = p_chat;
  else
    insert into private.legal_holds (chat_id, reason) values (p_chat, p_reason)
    on conflict (chat_id) do update set reason = excluded.reason;
  end if;
end
$$;

comment on function private.set_legal_hold(uuid, text) is 'Definer: holds are written here alone.';

create function public.set_legal_hold(p_chat uuid, p_reason text default null) returns void
language sql volatile security invoker set search_path = '' as $$ select private.set_legal_hold(p_chat, p_reason) $$;

comment on function public.set_legal_hold(uuid, text) is 'For the operator, with the secret key: nothing of the chat is purged as long as there is a reason; null ends it.';

create function private.set_retention(p_chat uuid, p_days integer) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_chat public.chats;
  v_me uuid;
begin
  select * into v_chat from public.chats c where c.id = p_chat for no key update;
  v_me := private.require_member(p_chat);
  if p_days not between 1 and 3650 then
    raise exception 'no such retention' using errcode = 'SR072', hint = 'Keep messages for 1 to 3,650 days, or for ever.';
  end if;
  if v_chat.retention_days is not distinct from p_days then
    return;
  end if;
  update public.chats set retention_days = p_days, retention_since = case when p_days is not null then now() end where id = p_chat;
  perform private.log_change(p_chat, private.next_seq(p_chat), 'chat', p_chat);
  perform private.post_notice(p_chat, jsonb_build_object('type', 'retention', 'by', v_me, 'before', v_chat.retention_days, 'days', p_days));
end
$$;

comment on function private.set_retention(uuid, integer) is 'Definer: any member, under the chat''s lock; announced by a notice, which the log has as well.';

create function public.set_retention(p_chat uuid, p_days integer default null) returns void
language sql volatile security invoker set search_path = '' as $$ select private.set_retention(p_chat, p_days) $$;

comment on function public.set_retention(uuid, integer) is 'How many days the chat keeps what is said; null: for ever. Raises SR002 or SR072.';

create function private.purge_expired(p_messages integer) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  v_chat public.chats;
  v_due uuid[];
  v_free uuid[];
  v_gone integer;
  v_count integer := 0;
begin
  for v_chat in
    select c.* from public.chats c
    where c.retention_days is not null and c.retention_since < now() - interval '1 day'
      and not exists (select 1 from private.legal_holds h where h.chat_id = c.id)
      and exists (select 1 from public.messages m where m.chat_id = c.id and m.created_at < now() - make_interval(days => c.retention_days))
    order by c.id
  loop
    exit when v_count >= p_messages;
    v_due := array(
      select m.id from public.messages m
      where m.chat_id = v_chat.id and m.created_at < now() - make_interval(days => v_chat.retention_days)
      order by m.seq limit p_messages - v_count);
    -- A job is locked before its chat, and nothing here waits: what somebody works on goes next time.
    v_free := array(
      select j.trigger_message_id from public.reply_jobs j where j.trigger_message_id = any (v_due) order by j.id for update skip locked);
    perform 1 from public.chats c where c.id = v_chat.id and c.retention_days = v_chat.retention_days for no key update skip locked;
    if not found then
      continue;
    end if;
    delete from public.messages m
    where m.id = any (v_due) and (m.id = any (v_free) or not exists (select 1 from public.reply_jobs j where j.trigger_message_id = m.id));
    get diagnostics v_gone = row_count;
    if v_gone > 0 then
      -- They tell of what is gone.
      delete from private.chat_summaries s where s.chat_id = v_chat.id;
      perform private.log_change(v_chat.id, private.next_seq(v_chat.id), 'purge', v_chat.id);
    end if;
    v_count := v_count + v_gone;
  end loop;
  return v_count;
end
$$;

comment on function private.purge_expired(integer) is 'Definer, for the purge: removes messages past their chat''s retention, with all that hangs on them; one change tells each chat''s members to read anew. Returns how many; files'' bytes follow as those of any file without a row.';

create or replace function private.purge_rows() returns integer
language plpgsql security definer set search_path = '' as $$
declare
  v_chats integer;
  v_files integer;
begin
  -- Few at a time: each takes all that was said with it.
  delete from public.chats c where c.id in (
    select d.id from public.chats d
    where d.closed_at < now() - interval '30 days' and not exists (select 1 from private.legal_holds h where h.chat_id = d.id)
    order by d.closed_at limit 20 for update skip locked);
  get diagnostics v_chats = row_count;
  delete from public.attachments a
  where a.message_id is null and a.created_at < now() - interval '1 day'
    and not exists (select 1 from private.legal_holds h where h.chat_id = a.chat_id);
  get diagnostics v_files = row_count;
  delete from private.reports r where r.resolved_at < now() - interval '180 days';
  return v_chats + v_files + private.purge_expired(5000);
end
$$;

comment on function private.purge_rows() is 'Definer: removes ended chats, unsent files, expired messages and settled reports whose time is over; returns how many rows. Nothing of a chat under legal hold.';

create or replace function private.objects_to_purge(p_limit integer) returns setof text
language sql stable security definer set search_path = '' as $$
  select o.name from storage.objects o
  where o.bucket_id = 'attachments'
    -- A copy is being made: its bytes come before its rows.
    and o.created_at < now() - interval '1 hour'
    and not exists (
      select 1 from public.attachments a
      where a.id = private.attachment_of(o.name) and o.name in (a.chat_id || '/' || a.id, a.chat_id || '/' || a.id || '.thumb'))
    and not exists (select 1 from private.legal_holds h where h.chat_id::text = split_part(o.name, '/', 1))
  limit p_limit
$$;

comment on function private.objects_to_purge(integer) is 'Definer: names of objects that no file has, except in chats under legal hold.';

alter table private.legal_holds enable row level security;

create policy "nobody reads legal holds" on private.legal_holds for select to authenticated using (false);

revoke all on private.legal_holds from anon, authenticated, service_role;
grant execute on function public.set_retention(uuid, integer), private.set_retention(uuid, integer) to authenticated;
grant execute on function public.set_legal_hold(uuid, text), private.set_legal_hold(uuid, text) to service_role;
