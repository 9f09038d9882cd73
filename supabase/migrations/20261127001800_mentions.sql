-- Mentions: whom a message addresses, by name or by answering them. Kept with the message, so that what counts as a mention is
-- decided once, by the members of that moment.

alter table public.messages
  add column mentions uuid[] not null default '{}',
  add column mentions_all boolean not null default false;

comment on column public.messages.mentions is 'Members whom it addresses, by @username or because it answers them. Written by a trigger.';
comment on column public.messages.mentions_all is 'Whether it addresses everyone, by @all or @everyone. Written by a trigger.';

create function private.handles(p_body text) returns text[]
language sql immutable security invoker set search_path = '' as $$
  -- A dot may belong to the name or end the sentence.
  select coalesce(array_agg(distinct name), '{}')
  from regexp_matches(lower(p_body), '(?<![a-z0-9_.@])@([a-z0-9_.]+)', 'g') m, unnest(array[m[1], rtrim(m[1], '.')]) name
$$;

comment on function private.handles(text) is 'The names in a text that follow an @, in lower case. The client has the same rule in components/markdown/mention-parts.ts.';

create function private.find_mentions() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_handles text[];
begin
  if new.kind <> 'member' or new.deleted_at is not null then
    new.mentions := '{}';
    new.mentions_all := false;
    return new;
  end if;
  v_handles := private.handles(new.body);
  new.mentions_all := v_handles && array['all', 'everyone'];
  new.mentions := array(
    select m.user_id from public.members m join public.profiles p on p.id = m.user_id
    where m.chat_id = new.chat_id and m.user_id is distinct from new.author_id
      and (p.username = any (v_handles)
        or m.user_id = (select a.author_id from public.messages a where a.id = new.reply_to and a.chat_id = new.chat_id))
    order by m.user_id);
  return new;
end
$$;

comment on function private.find_mentions() is 'Trigger: whom a new or edited message addresses. Definer, so that names and the answered author are found whatever the writer may see.';

create trigger messages_mentions before insert or update of body, deleted_at on public.messages
  for each row execute function private.find_mentions();

-- A message is sent with all its columns: those to come, too.
create or replace function private.message_json(m public.messages) returns jsonb
language sql stable security invoker set search_path = '' as $$ select to_jsonb(m) $$;

create or replace function public.my_chats() returns setof jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object(
    'id', c.id, 'kind', c.kind, 'title', c.title, 'instructions', c.instructions, 'reply_mode', c.reply_mode, 'epoch', c.epoch,
    'creator_id', c.creator_id, 'created_at', c.created_at, 'last_seq', c.last_seq,
    'notification_level', me.notification_level, 'last_read_seq', me.last_read_seq,
    -- Looked for among the latest 50 in order; whatever people say brings a chat back.
    'archived', me.archived_at is not null and not exists (
      select 1 from (
        select m.kind, m.created_at from public.messages m where m.chat_id = c.id order by m.seq desc limit 50) latest
      where latest.kind <> 'system' and latest.created_at > me.archived_at),
    'pending_requests', (select count(*) from public.join_requests r where r.chat_id = c.id),
    'member_count', (select count(*) from public.members m where m.chat_id = c.id),
    'unread', news.unread, 'mentioned', news.mentioned,
    'last_message', (
      select private.message_json(m) from public.messages m where m.chat_id = c.id order by m.seq desc limit 1))
  from public.members me
  join public.chats c on c.id = me.chat_id
  cross join lateral (
    select least(count(*), 100) as unread,
      coalesce(bool_or(later.mentions_all or me.user_id = any (later.mentions)), false) as mentioned
    -- Looked for among the next 500 in order: the index by seq is read from the last message read on, and never far.
    from (
      select m.kind, m.author_id, m.mentions, m.mentions_all from public.messages m
      where m.chat_id = c.id and m.seq > me.last_read_seq order by m.seq limit 500) later
    where later.kind <> 'system' and later.author_id is distinct from me.user_id) news
  where me.user_id = (select auth.uid())
$$;
