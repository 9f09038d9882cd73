-- Reactions: who answered a message with which emoji. A copy stands on the message, so that a page of messages is one index scan
-- and a reaction is a change of its message like any other.

alter table public.messages add column reactions jsonb not null default '[]';

comment on column public.messages.reactions is 'Copy of private.reactions: [{emoji, user_ids}], first given first. Written by a trigger.';

create table private.reactions (
  message_id uuid not null references public.messages (id) on delete cascade,
  user_id uuid not null references public.profiles (id) on delete cascade,
  emoji text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (message_id, user_id, emoji)
);

create index reactions_by_user on private.reactions (user_id);

comment on table private.reactions is 'One emoji of one person on one message.';

create function private.max_reactions() returns integer
language sql immutable security invoker set search_path = '' as $$ select 40 $$;

comment on function private.max_reactions() is 'How many different emoji one message holds.';

create function private.is_emoji(p_text text) returns boolean
language sql immutable security invoker set search_path = '' as $$
  select char_length(p_text) <= 16 and p_text ~ (
    -- A flag of two letters, a keycap, or pictures with their variants, joined.
    '^([\U0001f1e6-\U0001f1ff]{2}|[0-9#*]\ufe0f?\u20e3|' || pic || '(\u200d' || pic || ')*)$')
  from (values (
    '[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299'
    || '\U0001f000-\U0001f1e5\U0001f200-\U0001faff](\ufe0f|[\U0001f3fb-\U0001f3ff])?[\U000e0020-\U000e007f]*')) parts (pic)
$$;

comment on function private.is_emoji(text) is 'Whether a text is one emoji, as Unicode composes them.';

create function private.copy_reactions() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.messages m
  set reactions = coalesce((
    select jsonb_agg(jsonb_build_object('emoji', k.emoji, 'user_ids', k.user_ids) order by k.first, k.emoji)
    from (
      select r.emoji, jsonb_agg(r.user_id order by r.created_at, r.user_id) as user_ids, min(r.created_at) as first
      from private.reactions r where r.message_id = m.id group by r.emoji) k), '[]')
  where m.id in (select t.message_id from touched t);
  return null;
end
$$;

comment on function private.copy_reactions() is 'Trigger: the copy on the message, which makes the change known.';

create trigger reactions_given after insert on private.reactions referencing new table as touched
  for each statement execute function private.copy_reactions();
create trigger reactions_taken_back after delete on private.reactions referencing old table as touched
  for each statement execute function private.copy_reactions();

create or replace function private.log_message() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    perform private.log_change(new.chat_id, new.seq, 'message', new.id);
  elsif row(new.body, new.status, new.edited_at, new.deleted_at, new.author_id, new.reactions)
    is distinct from row(old.body, old.status, old.edited_at, old.deleted_at, old.author_id, old.reactions) then
    perform private.log_change(new.chat_id, private.next_seq(new.chat_id), 'message', new.id);
  end if;
  return null;
end
$$;

create function private.lock_message(p_message uuid) returns public.messages
language plpgsql security definer set search_path = '' as $$
declare
  v_message public.messages;
begin
  perform 1 from public.chats c
  where c.id = (select m.chat_id from public.messages m where m.id = p_message) for no key update;
  select m.* into v_message from public.messages m
  join public.members me on me.chat_id = m.chat_id and me.user_id = private.require_user() and me.history_from <= m.seq
  where m.id = p_message;
  if v_message.id is null then
    raise exception 'no such message' using errcode = 'SR007', hint = 'This message is not there any more.';
  end if;
  return v_message;
end
$$;

comment on function private.lock_message(uuid) is 'A message that the caller may see, under its chat''s lock. Raises SR007, which does not tell whether there is such a message elsewhere.';

create function private.set_reaction(p_message uuid, p_emoji text, p_on boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_message public.messages := private.lock_message(p_message);
  v_me uuid := (select auth.uid());
begin
  if not p_on then
    delete from private.reactions where message_id = p_message and user_id = v_me and emoji = p_emoji;
    return;
  end if;
  if v_message.kind = 'system' or v_message.deleted_at is not null then
    raise exception 'nothing to react to' using errcode = 'SR007', hint = 'This message is not there any more.';
  end if;
  if not private.is_emoji(p_emoji) then
    raise exception 'not an emoji' using errcode = 'SR016', hint = 'React with one emoji.';
  end if;
  if not v_message.reactions @> jsonb_build_array(jsonb_build_object('emoji', p_emoji))
    and jsonb_array_length(v_message.reactions) >= private.max_reactions() then
    raise exception 'too many reactions' using errcode = 'SR018', hint = 'This message has all the emoji it can hold. Add to one of them.';
  end if;
  insert into private.reactions (message_id, user_id, emoji) values (p_message, v_me, p_emoji) on conflict do nothing;
end
$$;

comment on function private.set_reaction(uuid, text, boolean) is 'Definer: one''s own reaction, given or taken back under the chat''s lock.';

create function public.set_reaction(p_message uuid, p_emoji text, p_on boolean) returns void
language sql volatile security invoker set search_path = '' as $$ select private.set_reaction(p_message, p_emoji, p_on) $$;

comment on function public.set_reaction(uuid, text, boolean) is 'Reacts to a message, or takes it back; doing so twice is once. Raises SR007 (no such message), SR016 (not an emoji) or SR018 (too many kinds).';

alter table private.reactions enable row level security;

create policy "nobody reads reactions" on private.reactions for select to authenticated using (false);

revoke all on private.reactions from anon, authenticated, service_role;
grant execute on function public.set_reaction(uuid, text, boolean), private.set_reaction(uuid, text, boolean) to authenticated;
