-- Audit: per chat, who did what when, beside the notices that members see. Appended to by the project's own functions alone.

create table public.audit_events (
  id bigint generated always as identity primary key,
  chat_id uuid not null references public.chats (id) on delete cascade,
  created_at timestamptz not null default clock_timestamp(),
  actor_id uuid references public.profiles (id) on delete set null,
  type text not null
    constraint audit_events_type_shape check (type ~ '^[a-z_]{1,40}$'),
  subject_id uuid references public.profiles (id) on delete set null,
  details jsonb not null default '{}'
    constraint audit_events_details_object check (jsonb_typeof(details) = 'object')
);

create index audit_events_by_chat on public.audit_events (chat_id, id);
create index audit_events_by_actor on public.audit_events (actor_id);
create index audit_events_by_subject on public.audit_events (subject_id);

comment on table public.audit_events is 'Append-only log of a chat: memberships, names, instructions, invites. Never what people said.';
comment on column public.audit_events.actor_id is 'Who did it; null for the system and for people who deleted their account.';
comment on column public.audit_events.subject_id is 'The person it was done to, if any.';
comment on column public.audit_events.details is 'For renamed and instructions: {before, after}.';

create function private.audit(p_chat uuid, p_type text, p_subject uuid, p_details jsonb) returns void
language sql volatile security definer set search_path = '' as $$
  insert into public.audit_events (chat_id, actor_id, type, subject_id, details)
  values (p_chat, (select p.id from public.profiles p where p.id = (select auth.uid())), p_type, p_subject, p_details)
$$;

comment on function private.audit(uuid, text, uuid, jsonb) is 'Appends to the log in the caller''s name. Definer: nobody may write to it.';

create function private.audit_notice() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_subject uuid := (new.notice ->> 'user_id')::uuid;
begin
  perform private.audit(new.chat_id, new.notice ->> 'type', (select p.id from public.profiles p where p.id = v_subject),
    new.notice - array['type', 'user_id', 'by']);
  return null;
end
$$;

comment on function private.audit_notice() is 'Trigger: whatever is announced in a chat stands in its log as well, written in the same transaction. Instructions write their own event, which has the words that the notice leaves out.';

create trigger messages_audit_notice after insert on public.messages
  for each row when (new.kind = 'system' and new.notice ->> 'type' <> 'instructions') execute function private.audit_notice();

alter table public.audit_events enable row level security;

create policy "members read their chats' audit events" on public.audit_events
  for select to authenticated using (chat_id in (select private.my_chat_ids()));

revoke all on public.audit_events from anon, authenticated, service_role;
grant select on public.audit_events to authenticated, service_role;
