-- Chats: solo (one person and the AI) or group (1 to 20 people and the AI).

create type public.chat_kind as enum ('solo', 'group');
create type public.reply_mode as enum ('automatic', 'mention', 'off');

create table public.chats (
  id uuid primary key,
  kind public.chat_kind not null,
  title text not null default ''
    constraint chats_title_shape check (title = btrim(title) and char_length(title) <= 80 and (kind = 'solo' or title <> '')),
  instructions text not null default ''
    constraint chats_instructions_length check (char_length(instructions) <= 8000),
  reply_mode public.reply_mode not null,
  last_seq bigint not null default 0,
  epoch integer not null default 1,
  creator_id uuid references public.profiles (id) on delete set null,
  closed_at timestamptz,
  created_at timestamptz not null default now()
);

create index chats_creator on public.chats (creator_id);

comment on table public.chats is 'A conversation. Its row lock orders every change of the chat.';
comment on column public.chats.id is 'Made by the client (UUIDv7), so that creating is idempotent.';
comment on column public.chats.reply_mode is 'When the AI answers: automatic (it decides), mention (only when addressed), off.';
comment on column public.chats.last_seq is 'Seq of the latest change; taken under this row''s lock, so changes are gapless and in commit order.';
comment on column public.chats.epoch is 'Part of the Realtime topic; rises when a member goes, which leaves the old topic silent.';
comment on column public.chats.closed_at is 'Set when the last member has left.';

create function private.max_members() returns integer
language sql immutable security invoker set search_path = '' as $$ select 20 $$;

comment on function private.max_members() is 'How many people a group seats; the AI is not counted.';

create function private.next_seq(p_chat uuid) returns bigint
language sql volatile security definer set search_path = '' as $$
  update public.chats set last_seq = last_seq + 1 where id = p_chat returning last_seq
$$;

comment on function private.next_seq(uuid) is 'Takes the chat''s next seq and its row lock; definer because nobody may write chats directly.';

alter table public.chats enable row level security;

revoke all on public.chats from anon, authenticated, service_role;
grant select on public.chats to authenticated, service_role;
