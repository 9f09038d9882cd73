-- Changes: per chat, the gapless log of every write that a member must learn of, and the broadcast that hints at it.
-- A change names an entity; its content is read when the change is read, so a client always folds in the present state.

create type public.change_kind as enum ('message', 'member', 'chat');

create table public.changes (
  chat_id uuid not null references public.chats (id) on delete cascade,
  seq bigint not null,
  kind public.change_kind not null,
  entity_id uuid not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (chat_id, seq)
);

comment on table public.changes is 'The sync cursor''s log: gapless per chat and in commit order, because seq is taken under the chat''s lock.';
comment on column public.changes.entity_id is 'Id of the message, of the member (user) or of the chat.';

create function private.message_json(m public.messages) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object(
    'id', m.id, 'chat_id', m.chat_id, 'seq', m.seq, 'kind', m.kind, 'author_id', m.author_id, 'body', m.body, 'target', m.target,
    'status', m.status, 'reply_to', m.reply_to, 'notice', m.notice,
    'created_at', m.created_at, 'edited_at', m.edited_at, 'deleted_at', m.deleted_at)
$$;

create function private.change_json(p_chat uuid, p_seq bigint, p_kind public.change_kind, p_entity uuid) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object('chat_id', p_chat, 'seq', p_seq, 'kind', p_kind, 'entity_id', p_entity)
    || case p_kind
      when 'message' then jsonb_build_object('message', (select private.message_json(m) from public.messages m where m.id = p_entity))
      when 'member' then jsonb_build_object('member', (
        select jsonb_build_object('user_id', b.user_id, 'role', b.role, 'joined_at', b.joined_at,
          'display_name', p.display_name, 'username', p.username, 'avatar_path', p.avatar_path)
        from public.members b join public.profiles p on p.id = b.user_id
        where b.chat_id = p_chat and b.user_id = p_entity))
      else jsonb_build_object('chat', (
        select jsonb_build_object('id', c.id, 'kind', c.kind, 'title', c.title, 'instructions', c.instructions,
          'reply_mode', c.reply_mode, 'epoch', c.epoch, 'creator_id', c.creator_id, 'created_at', c.created_at)
        from public.chats c where c.id = p_entity))
    end
$$;

comment on function private.message_json(public.messages) is 'A message as clients receive it.';
comment on function private.change_json(uuid, bigint, public.change_kind, uuid) is 'A change as clients receive it, by broadcast and by catch-up alike: {chat_id, seq, kind, entity_id, message | member | chat}. A member who is gone is null.';

create function private.publish(p_chat uuid, p_event text, p_payload jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_epoch integer;
begin
  -- Shared lock: nothing is sent to the topic of an epoch that a removal is just ending.
  select c.epoch into v_epoch from public.chats c where c.id = p_chat for share;
  perform realtime.send(p_payload, p_event, 'chat:' || p_chat || ':' || v_epoch, true);
end
$$;

comment on function private.publish(uuid, text, jsonb) is 'Broadcast to the chat''s current topic. Definer: members have no right to broadcast, so what arrives cannot be forged.';

create function private.tell(p_user uuid, p_event text, p_payload jsonb) returns void
language sql volatile security definer set search_path = '' as $$
  select realtime.send(p_payload, p_event, 'user:' || p_user, true)
$$;

comment on function private.tell(uuid, text, jsonb) is 'Broadcast to one person''s own topic.';

create function private.log_change(p_chat uuid, p_seq bigint, p_kind public.change_kind, p_entity uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.changes (chat_id, seq, kind, entity_id) values (p_chat, p_seq, p_kind, p_entity);
  perform private.publish(p_chat, 'change', private.change_json(p_chat, p_seq, p_kind, p_entity));
end
$$;

comment on function private.log_change(uuid, bigint, public.change_kind, uuid) is 'Appends to the log and hints at it by broadcast, in the writer''s transaction.';

create function private.log_message() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    perform private.log_change(new.chat_id, new.seq, 'message', new.id);
  elsif row(new.body, new.status, new.edited_at, new.deleted_at, new.author_id)
    is distinct from row(old.body, old.status, old.edited_at, old.deleted_at, old.author_id) then
    perform private.log_change(new.chat_id, private.next_seq(new.chat_id), 'message', new.id);
  end if;
  return null;
end
$$;

comment on function private.log_message() is 'Trigger: every new or changed message is a change.';

create trigger messages_log after insert or update on public.messages
  for each row execute function private.log_message();

create function private.log_profile() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_chat uuid;
begin
  for v_chat in select m.chat_id from public.members m where m.user_id = new.id order by m.chat_id loop
    perform private.log_change(v_chat, private.next_seq(v_chat), 'member', new.id);
  end loop;
  return null;
end
$$;

comment on function private.log_profile() is 'Trigger: a changed face is a change in each chat of that person, in the order of chat ids so that two never deadlock.';

create trigger profiles_log after update on public.profiles
  for each row when (row(new.display_name, new.username, new.avatar_path) is distinct from row(old.display_name, old.username, old.avatar_path))
  execute function private.log_profile();

create function public.catch_up(p_chat uuid, p_after bigint, p_limit integer default 200) returns setof jsonb
language sql stable security invoker set search_path = '' as $$
  select private.change_json(c.chat_id, c.seq, c.kind, c.entity_id)
  from public.changes c
  where c.chat_id = p_chat and c.seq > p_after
  order by c.seq
  limit least(greatest(p_limit, 1), 500)
$$;

comment on function public.catch_up(uuid, bigint, integer) is 'Changes after a cursor, oldest first; empty when drained or when the caller is not a member.';

alter table public.changes enable row level security;

create policy "members read their chats' changes" on public.changes
  for select to authenticated using (chat_id in (select private.my_chat_ids()));

revoke all on public.changes from anon, authenticated, service_role;
grant select on public.changes to authenticated, service_role;
grant execute on function public.catch_up(uuid, bigint, integer) to authenticated;
grant execute on function private.change_json(uuid, bigint, public.change_kind, uuid), private.message_json(public.messages) to authenticated;
