-- Held messages: a legal hold beats people as well. What somebody deletes in a chat under a hold, or takes along with their account, is
-- gone for all members as ever, and the operator keeps what it was until the hold ends. Reports of such a chat stay, and a hold that is
-- set while the purge runs is seen.

create table private.held_copies (
  id bigint generated always as identity primary key,
  chat_id uuid not null references private.legal_holds (chat_id) on delete cascade,
  message_id uuid not null,
  message jsonb not null,
  taken_at timestamptz not null default clock_timestamp()
);

create index held_copies_by_chat on private.held_copies (chat_id);

comment on table private.held_copies is 'Messages of chats under a legal hold as they were before they were deleted or lost their author or files. Go with the hold; the bytes of their files stay as long.';

create view public.held_messages with (security_invoker = true) as
select h.chat_id, h.message_id, h.message, h.taken_at from private.held_copies h order by h.id;

comment on view public.held_messages is 'For the operator, with the project''s secret key alone: what was deleted in chats under a legal hold, with its author, earlier wordings, page shares and files (objects <chat>/<id> of the bucket attachments).';

create function private.keep_held() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into private.held_copies (chat_id, message_id, message)
  select h.chat_id, old.id, to_jsonb(old) || jsonb_build_object(
    'author', (
      select jsonb_build_object('display_name', p.display_name, 'username', p.username) from public.profiles p where p.id = old.author_id),
    'earlier_wordings', (
      select coalesce(jsonb_agg(jsonb_build_object('body', v.body, 'replaced_at', v.replaced_at) order by v.version), '[]')
      from public.message_versions v where v.message_id = old.id),
    'page_shares', (
      select coalesce(jsonb_agg(to_jsonb(s) order by s.place), '[]') from public.page_shares s where s.message_id = old.id))
  from private.legal_holds h where h.chat_id = old.chat_id;
  return new;
end
$$;

comment on function private.keep_held() is 'Trigger; definer, because the table is closed. By its name before the trigger that drops page shares.';

create trigger messages_copy_held before update on public.messages
  for each row when (old.deleted_at is null and (
    new.deleted_at is not null or (old.author_id is not null and new.author_id is null)
    or (old.kind = 'member' and new.attachment_ids is distinct from old.attachment_ids)))
  execute function private.keep_held();

create or replace function private.set_legal_hold(p_chat uuid, p_reason text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  -- Whatever is being deleted or purged there is committed before, or sees the hold.
  perform 1 from public.chats c where c.id = p_chat for no key update;
  if p_reason is null then
    delete from private.legal_holds h where h.chat_id = p_chat;
  else
    insert into private.legal_holds (chat_id, reason) values (p_chat, p_reason)
    on conflict (chat_id) do update set reason = excluded.reason;
  end if;
end
$$;

create or replace function private.purge_expired(p_messages integer) returns integer
language plpgsql volatile security definer set search_path = '' as $$
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
    -- The list was made when the purge began: a hold may have been set since.
    if not found or exists (select 1 from private.legal_holds h where h.chat_id = v_chat.id) then
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

create or replace function private.purge_rows() returns integer
language plpgsql volatile security definer set search_path = '' as $$
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
  delete from private.reports r
  where r.resolved_at < now() - interval '180 days' and not exists (select 1 from private.legal_holds h where h.chat_id = r.chat_id);
  return v_chats + v_files + private.purge_expired(5000);
end
$$;

alter table private.held_copies enable row level security;

create policy "nobody reads held messages" on private.held_copies for select to authenticated using (false);

revoke all on private.held_copies, public.held_messages from anon, authenticated, service_role;
grant select on private.held_copies, public.held_messages to service_role;
