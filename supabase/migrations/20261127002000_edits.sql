-- Edits: authors change what they said, and take it back. Earlier wordings stay readable until the message is deleted.

create table public.message_versions (
  message_id uuid not null references public.messages (id) on delete cascade,
  version integer not null,
  body text not null,
  replaced_at timestamptz not null default clock_timestamp(),
  primary key (message_id, version)
);

comment on table public.message_versions is 'What a message said before it was edited, the first wording as version 1.';

create function private.edit_message(p_message uuid, p_body text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_message public.messages := private.lock_message(p_message);
begin
  perform private.require_author(v_message);
  if v_message.deleted_at is not null then
    raise exception 'message is deleted' using errcode = 'SR007', hint = 'This message is not there any more.';
  end if;
  if v_message.body = p_body then
    return;
  end if;
  insert into public.message_versions (message_id, version, body)
  select p_message, count(*) + 1, v_message.body from public.message_versions v where v.message_id = p_message;
  update public.messages set body = p_body, edited_at = clock_timestamp() where id = p_message;
end
$$;

create function private.require_author(p_message public.messages) returns void
language plpgsql volatile security invoker set search_path = '' as $$
begin
  if p_message.kind <> 'member' or p_message.author_id is distinct from (select auth.uid()) then
    raise exception 'not the author' using errcode = 'SR017', hint = 'Only who wrote a message changes it.';
  end if;
end
$$;

comment on function private.require_author(public.messages) is 'Raises SR017 unless the caller wrote the message.';
comment on function private.edit_message(uuid, text) is 'Definer: the new wording, and the old one among the versions, under the chat''s lock.';

create function public.edit_message(p_message uuid, p_body text) returns void
language sql volatile security invoker set search_path = '' as $$ select private.edit_message(p_message, p_body) $$;

comment on function public.edit_message(uuid, text) is 'Changes one''s own message. Raises SR007 (no such message), SR017 (not one''s own) or the checks of messages.';

create function private.delete_message(p_message uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_message public.messages;
  v_job uuid;
begin
  -- A job is locked before its chat, here as by those who work it.
  select j.id into v_job from public.reply_jobs j where j.trigger_message_id = p_message for update;
  v_message := private.lock_message(p_message);
  perform private.require_author(v_message);
  if v_message.deleted_at is not null then
    return;
  end if;
  update public.messages set body = '', reactions = '[]', deleted_at = clock_timestamp() where id = p_message;
  delete from private.reactions r where r.message_id = p_message;
  delete from public.message_versions v where v.message_id = p_message;
  if v_job is not null then
    perform private.stop_reply(v_job);
  end if;
end
$$;

comment on function private.delete_message(uuid) is 'Definer: leaves a tombstone that keeps the place in the order, and nothing of what was said. An answer that is being made to it stops.';

create function public.delete_message(p_message uuid) returns void
language sql volatile security invoker set search_path = '' as $$ select private.delete_message(p_message) $$;

comment on function public.delete_message(uuid) is 'Takes back one''s own message; doing so twice is once. Raises SR007 (no such message) or SR017 (not one''s own).';

alter table public.message_versions enable row level security;

create policy "whoever reads a message reads its earlier wordings" on public.message_versions
  for select to authenticated using (exists (select 1 from public.messages m where m.id = message_id));

revoke all on public.message_versions from anon, authenticated, service_role;
grant select on public.message_versions to authenticated, service_role;
grant execute on function
  public.edit_message(uuid, text), private.edit_message(uuid, text),
  public.delete_message(uuid), private.delete_message(uuid)
to authenticated;
