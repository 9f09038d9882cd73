-- Messages: what people, the AI and the system say, in the order of seq.

create type public.message_kind as enum ('member', 'assistant', 'system');
create type public.message_target as enum ('default', 'people');
create type public.message_status as enum ('complete', 'stopped', 'failed');

create table public.messages (
  id uuid primary key,
  chat_id uuid not null references public.chats (id) on delete cascade,
  seq bigint not null,
  kind public.message_kind not null default 'member',
  author_id uuid default auth.uid() references public.profiles (id) on delete set null,
  body text not null default '',
  target public.message_target not null default 'default',
  status public.message_status not null default 'complete',
  reply_to uuid references public.messages (id) on delete set null,
  notice jsonb,
  created_at timestamptz not null default clock_timestamp(),
  edited_at timestamptz,
  deleted_at timestamptz,
  constraint messages_body_length check (char_length(body) <= case kind when 'assistant' then 100000 else 16000 end),
  constraint messages_body_present check (kind <> 'member' or deleted_at is not null or body ~ '\S'),
  constraint messages_notice_of_system check ((kind = 'system') = (notice is not null)),
  constraint messages_status_of_assistant check (kind = 'assistant' or status = 'complete'),
  constraint messages_order unique (chat_id, seq)
);

create index messages_by_author on public.messages (author_id);
create index messages_by_reply_to on public.messages (reply_to);

comment on table public.messages is 'Everything said in a chat. The order is seq, the same for everybody.';
comment on column public.messages.id is 'Made by the client (UUIDv7): sending again is the same row.';
comment on column public.messages.author_id is 'Null for the AI, for notices and for people who deleted their account.';
comment on column public.messages.target is 'people: the AI must not answer this message.';
comment on column public.messages.status is 'For the AI''s messages: complete, stopped by somebody, or failed.';
comment on column public.messages.notice is 'For kind system: {type, user_id, by, …}; clients word it.';

create function private.mentions_ai(p_body text) returns boolean
language sql immutable security invoker set search_path = '' as $$
  select p_body ~* '(^|[^a-z0-9_.@])@(ai|sideroom)(?![a-z0-9_]|\.[a-z0-9_])'
$$;

comment on function private.mentions_ai(text) is 'Whether the text addresses the AI as @ai or @sideroom. The client has the same rule in lib/model/mentions.ts.';

create function private.order_message() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  new.seq := private.next_seq(new.chat_id);
  -- Both tests stand after the lock: they see a removal, or the same message, that was committed while this insert waited.
  if new.kind = 'member' and not private.is_member(new.chat_id, new.author_id) then
    raise exception 'not a member' using errcode = 'SR002', hint = 'You are not in this chat.';
  end if;
  if exists (select 1 from public.messages m where m.id = new.id) then
    raise exception 'message exists' using errcode = 'unique_violation', constraint = 'messages_pkey';
  end if;
  if new.reply_to is not null and not exists (select 1 from public.messages m where m.id = new.reply_to and m.chat_id = new.chat_id) then
    raise exception 'reply to a message of another chat' using errcode = 'SR007';
  end if;
  return new;
end
$$;

comment on function private.order_message() is 'Trigger: takes the chat''s next seq under its lock. An existing id is refused here, so that "on conflict do nothing" cannot burn a seq.';

create trigger messages_order before insert on public.messages
  for each row execute function private.order_message();

alter table public.messages enable row level security;

create policy "members read their chats' messages" on public.messages
  for select to authenticated using (chat_id in (select private.my_chat_ids()));

create policy "members write as themselves in their chats" on public.messages
  for insert to authenticated
  with check (kind = 'member' and author_id = (select auth.uid()) and chat_id in (select private.my_chat_ids()));

revoke all on public.messages from anon, authenticated, service_role;
grant select on public.messages to authenticated, service_role;
grant insert (id, chat_id, body, target, reply_to) on public.messages to authenticated;
