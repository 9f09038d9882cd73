-- Attachments: files that go with messages. The row is made first, then the bytes come to <chat>/<id> (and a small picture of them to
-- <chat>/<id>.thumb), then a message takes the row. Whoever reads the message reads its files, by a request of their own only:
-- no signed address is made, which would outlive a membership.

create table public.attachments (
  id uuid primary key,
  chat_id uuid not null references public.chats (id) on delete cascade,
  owner_id uuid default auth.uid() references public.profiles (id) on delete set null,
  message_id uuid references public.messages (id) on delete cascade,
  name text not null constraint attachments_name_length check (char_length(name) between 1 and 255),
  content_type text not null constraint attachments_type_length check (char_length(content_type) between 3 and 255),
  size bigint not null constraint attachments_size_range check (size between 1 and 26214400),
  width integer constraint attachments_width_range check (width between 1 and 100000),
  height integer constraint attachments_height_range check (height between 1 and 100000),
  has_thumbnail boolean not null default false,
  created_at timestamptz not null default clock_timestamp()
);

create index attachments_by_message on public.attachments (message_id);
create index attachments_by_chat on public.attachments (chat_id);
create index attachments_by_owner on public.attachments (owner_id);
create index attachments_unsent on public.attachments (created_at) where message_id is null;

comment on table public.attachments is 'Files of messages. Their bytes are the objects <chat_id>/<id> and <chat_id>/<id>.thumb of the bucket attachments.';
comment on column public.attachments.id is 'Made by the client, so that adding it again is the same row.';
comment on column public.attachments.message_id is 'Null until it is sent; unsent ones go after a day.';
comment on column public.attachments.content_type is 'As the sender says. Whoever shows a file looks at its bytes.';
comment on column public.attachments.size is 'In bytes; once sent, that of the stored object.';

alter table public.messages
  add column attachment_ids uuid[] not null default '{}',
  add column attachments jsonb not null default '[]',
  drop constraint messages_body_present,
  add constraint messages_body_present check (kind <> 'member' or deleted_at is not null or body ~ '\S' or attachment_ids <> '{}');

comment on column public.messages.attachment_ids is 'Files that the message was sent with, in order.';
comment on column public.messages.attachments is 'Copy of what its readers need of the attachments: [{id, name, content_type, size, width, height, has_thumbnail}]. Written by a trigger.';

create function private.max_attachments() returns integer
language sql immutable security invoker set search_path = '' as $$ select 10 $$;

comment on function private.max_attachments() is 'How many files one message takes.';

create function private.attachment_json(a public.attachments, p_size bigint) returns jsonb
language sql immutable security invoker set search_path = '' as $$
  select jsonb_build_object('id', a.id, 'name', a.name, 'content_type', a.content_type, 'size', p_size,
    'width', a.width, 'height', a.height, 'has_thumbnail', a.has_thumbnail)
$$;

comment on function private.attachment_json(public.attachments, bigint) is 'A file as its message carries it, with the size of the stored object.';

create function private.take_attachments() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if cardinality(new.attachment_ids) > private.max_attachments() then
    raise exception 'too many attachments' using errcode = 'SR022', hint = 'A message takes 10 files. Send the others in another one.';
  end if;
  new.attachments := coalesce((
    select jsonb_agg(private.attachment_json(a, (o.metadata ->> 'size')::bigint) order by wanted.place)
    from unnest(new.attachment_ids) with ordinality wanted (id, place)
    join public.attachments a on a.id = wanted.id
    join storage.objects o on o.bucket_id = 'attachments' and o.name = a.chat_id || '/' || a.id
    where a.chat_id = new.chat_id and a.owner_id = new.author_id and a.message_id is null
      and (not a.has_thumbnail or exists (
        select 1 from storage.objects t where t.bucket_id = 'attachments' and t.name = a.chat_id || '/' || a.id || '.thumb'))), '[]');
  if jsonb_array_length(new.attachments) < cardinality(new.attachment_ids) then
    raise exception 'attachment missing' using errcode = 'SR021', hint = 'A file is not there any more. Add it again.';
  end if;
  return new;
end
$$;

comment on function private.take_attachments() is 'Trigger, after the one that takes the chat''s lock: the files must be the author''s own, in this chat, stored and not sent yet.';

create trigger messages_take_attachments before insert on public.messages
  for each row when (new.attachment_ids <> '{}') execute function private.take_attachments();

create function private.bind_attachments() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.attachments a
  set message_id = new.id, size = (sent.value ->> 'size')::bigint
  from jsonb_array_elements(new.attachments) sent where a.id = (sent.value ->> 'id')::uuid;
  return null;
end
$$;

comment on function private.bind_attachments() is 'Trigger: the files belong to the message from now on.';

create trigger messages_bind_attachments after insert on public.messages
  for each row when (new.attachment_ids <> '{}') execute function private.bind_attachments();

create or replace function private.delete_message(p_message uuid) returns void
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
  update public.messages
  set body = '', reactions = '[]', attachments = '[]', attachment_ids = '{}', deleted_at = clock_timestamp() where id = p_message;
  delete from private.reactions r where r.message_id = p_message;
  delete from public.message_versions v where v.message_id = p_message;
  -- Without its row an object is nobody's to read; the purge removes it.
  delete from public.attachments a where a.message_id = p_message;
  if v_job is not null then
    perform private.stop_reply(v_job);
  end if;
end
$$;

create function private.discard_attachment(p_attachment uuid) returns void
language sql volatile security definer set search_path = '' as $$
  delete from public.attachments a
  where a.id = p_attachment and a.owner_id = (select auth.uid()) and a.message_id is null
$$;

comment on function private.discard_attachment(uuid) is 'Definer: one''s own, and only before it is sent. Its bytes go with the next purge.';

create function public.discard_attachment(p_attachment uuid) returns void
language sql volatile security invoker set search_path = '' as $$ select private.discard_attachment(p_attachment) $$;

comment on function public.discard_attachment(uuid) is 'Takes back a file that was not sent yet.';

insert into storage.buckets (id, name, public, file_size_limit) values ('attachments', 'attachments', false, 26214400)
on conflict (id) do nothing;

create function private.attachment_of(p_name text) returns uuid
language sql immutable security invoker set search_path = '' as $$
  select (regexp_match(p_name, '^[0-9a-f-]{36}/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?:\.thumb)?$'))[1]::uuid
$$;

comment on function private.attachment_of(text) is 'The attachment whose bytes an object of the bucket holds; null for any other name.';

alter table public.attachments enable row level security;

create policy "members add files of their own to their chats" on public.attachments
  for insert to authenticated
  with check (owner_id = (select auth.uid()) and message_id is null and chat_id in (select private.my_chat_ids()));

create policy "whoever reads a message reads its files" on public.attachments
  for select to authenticated
  using (chat_id in (select private.my_chat_ids())
    and case when message_id is null then owner_id = (select auth.uid())
      else exists (select 1 from public.messages m where m.id = message_id) end);

create policy "people add the bytes of their unsent files" on storage.objects
  for insert to authenticated
  with check (
    bucket_id = 'attachments' and owner_id = (select auth.uid())::text
    and storage.allow_any_operation(array['storage.object.upload', 'storage.tus.upload.create', 'storage.tus.upload.part'])
    and exists (
      select 1 from public.attachments a
      where a.id = private.attachment_of(objects.name) and objects.name in (a.chat_id || '/' || a.id, a.chat_id || '/' || a.id || '.thumb')
        and a.owner_id = (select auth.uid()) and a.message_id is null));

create policy "whoever reads a message reads the bytes of its files" on storage.objects
  for select to authenticated
  using (
    bucket_id = 'attachments' and storage.allow_any_operation(array['storage.object.get_authenticated'])
    and exists (
      select 1 from public.attachments a
      where a.id = private.attachment_of(objects.name) and objects.name in (a.chat_id || '/' || a.id, a.chat_id || '/' || a.id || '.thumb')));

revoke all on public.attachments from anon, authenticated, service_role;
grant select on public.attachments to authenticated, service_role;
grant insert (id, chat_id, name, content_type, size, width, height, has_thumbnail) on public.attachments to authenticated;
grant insert (attachment_ids) on public.messages to authenticated;
grant execute on function
  private.attachment_of(text), public.discard_attachment(uuid), private.discard_attachment(uuid)
to authenticated;
