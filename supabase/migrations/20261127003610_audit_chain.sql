-- Audit chain: each row of a chat's log is sealed together with the seal of the row before it. Whoever has an export can prove
-- offline that nothing in it was edited, dropped or put elsewhere; with the latest seal, as any member's panel shows it, also that
-- nothing was cut off.
--
-- The sealed form of a row is JSON in the form of RFC 8785 (keys in order, no white space, UTF-8), an object of
--   actor_id, at, chat_id, details, number, previous, subject_id, type
-- where number counts from 1 within the chat, at is the time in UTC with six digits (2026-11-27T09:08:07.060504Z), and previous is the
-- seal of the row before, 64 zeros for the first. The seal is the SHA-256 of that, in lower-case hexadecimal. Numbers in details are
-- integers. A line of an export is that object with its seal as hash.
--
-- Another error code: SR070 the log is append-only.

-- A row may not change, so it keeps its ids when an account is deleted. They then say that it was the same person, not who.
alter table public.audit_events
  drop constraint audit_events_actor_id_fkey,
  drop constraint audit_events_subject_id_fkey,
  add column number bigint,
  add column previous text,
  add column hash text;

drop index public.audit_events_by_actor, public.audit_events_by_subject;

create function private.canonical_json(p_value jsonb) returns text
language plpgsql immutable security invoker set search_path = '' as $$
begin
  return case jsonb_typeof(p_value)
    when 'object' then '{' || coalesce((
      select string_agg(to_json(e.key)::text || ':' || private.canonical_json(e.value), ',' order by e.key collate "C")
      from jsonb_each(p_value) e), '') || '}'
    when 'array' then '[' || coalesce((
      select string_agg(private.canonical_json(a.value), ',' order by a.place)
      from jsonb_array_elements(p_value) with ordinality a (value, place)), '') || ']'
    else p_value::text
  end;
end
$$;

comment on function private.canonical_json(jsonb) is 'JSON in the form of RFC 8785, for values whose numbers are integers and whose keys are ASCII.';

create function private.log_entry(e public.audit_events) returns jsonb
language sql immutable security invoker set search_path = '' as $$
  select jsonb_build_object('chat_id', e.chat_id, 'number', e.number,
    'at', to_char(e.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'actor_id', e.actor_id, 'type', e.type,
    'subject_id', e.subject_id, 'details', e.details, 'previous', e.previous)
$$;

comment on function private.log_entry(public.audit_events) is 'What the seal of a row is made of.';

create function private.seal(e public.audit_events) returns text
language sql immutable security invoker set search_path = '' as $$
  select encode(sha256(convert_to(private.canonical_json(private.log_entry(e)), 'UTF8')), 'hex')
$$;

comment on function private.seal(public.audit_events) is 'The seal of a row; tests/database/audit-chain.test.ts and scripts/verify-log compute it on their own.';

create function private.seal_event() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_last public.audit_events;
begin
  -- One writer at a time for each chat: the chain has no fork.
  perform 1 from public.chats c where c.id = new.chat_id for no key update;
  select * into v_last from public.audit_events e where e.chat_id = new.chat_id order by e.number desc limit 1;
  new.number := coalesce(v_last.number, 0) + 1;
  new.previous := coalesce(v_last.hash, repeat('0', 64));
  new.created_at := clock_timestamp();
  new.hash := private.seal(new);
  return new;
end
$$;

comment on function private.seal_event() is 'Trigger: number, time and seal are taken under the chat''s lock. Definer: whoever causes an event may not lock chats.';

-- What is there already is sealed in the order in which it was written.
do $$
declare
  v_event public.audit_events;
  v_last public.audit_events;
begin
  for v_event in select * from public.audit_events e order by e.chat_id, e.id loop
    if v_last.chat_id is distinct from v_event.chat_id then
      v_last := null;
    end if;
    v_event.number := coalesce(v_last.number, 0) + 1;
    v_event.previous := coalesce(v_last.hash, repeat('0', 64));
    v_event.hash := private.seal(v_event);
    update public.audit_events set number = v_event.number, previous = v_event.previous, hash = v_event.hash where id = v_event.id;
    v_last := v_event;
  end loop;
end
$$;

alter table public.audit_events
  alter column number set not null,
  alter column previous set not null,
  alter column hash set not null,
  add constraint audit_events_order unique (chat_id, number),
  add constraint audit_events_seals_shape check (previous ~ '^[0-9a-f]{64}$' and hash ~ '^[0-9a-f]{64}$');

comment on column public.audit_events.number is 'Place in the chat''s log, from 1, without gaps.';
comment on column public.audit_events.previous is 'Seal of the row before; 64 zeros for the first.';
comment on column public.audit_events.hash is 'Seal of this row (see the migration''s head for its form).';
comment on column public.audit_events.actor_id is 'Who did it; null for the system. Stays when that person deletes their account.';

create trigger audit_events_seal before insert on public.audit_events
  for each row execute function private.seal_event();

create function private.keep_log() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  -- The purge removes a chat with all that is in it.
  if tg_op = 'DELETE' and not exists (select 1 from public.chats c where c.id = old.chat_id) then
    return old;
  end if;
  raise exception 'the log is append-only' using errcode = 'SR070', hint = 'What was done in a chat stays in its log.';
end
$$;

comment on function private.keep_log() is 'Trigger: not even the owner of the table changes a row or takes one out.';

create trigger audit_events_keep before update or delete on public.audit_events
  for each row execute function private.keep_log();
create trigger audit_events_keep_all before truncate on public.audit_events
  for each statement execute function private.keep_log();

create function public.chat_log(p_chat uuid, p_before bigint default null, p_limit integer default 100) returns setof jsonb
language sql stable security invoker set search_path = '' as $$
  select private.log_entry(e) || jsonb_build_object('hash', e.hash)
  from public.audit_events e
  where e.chat_id = p_chat and (p_before is null or e.number < p_before)
  order by e.number desc
  limit least(greatest(p_limit, 1), 500)
$$;

comment on function public.chat_log(uuid, bigint, integer) is 'The log of a chat as it is exported, latest first; p_before: a number. Its first line holds the latest seal. Empty when the caller is not a member.';

grant execute on function public.chat_log(uuid, bigint, integer), private.log_entry(public.audit_events) to authenticated;
