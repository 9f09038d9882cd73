-- Hidden reactions: whom somebody blocked does not see what they answer with an emoji either. Where a member of the chat is blocked by
-- whoever reacted, the reaction stands in a table of its own that asks who reads it, and not on its message, which is the same for all.

create table public.hidden_reactions (
  message_id uuid not null references public.messages (id) on delete cascade,
  user_id uuid not null,
  emoji text not null,
  created_at timestamptz not null,
  primary key (message_id, user_id, emoji),
  foreign key (message_id, user_id, emoji) references private.reactions (message_id, user_id, emoji) on delete cascade
);

comment on table public.hidden_reactions is 'Reactions that are not for every member, by people who blocked one of them; read together with messages.reactions.';
comment on column public.messages.reactions is 'Copy of private.reactions without those in hidden_reactions: [{emoji, user_ids}], first given first. Written by a trigger.';

create function private.place_reactions(p_messages uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
begin
  with given as (
    select r.message_id, r.user_id, r.emoji, r.created_at, exists (
      select 1 from public.blocks b join public.members m on m.user_id = b.blocked_id
      where b.blocker_id = r.user_id and m.chat_id = t.chat_id) as hides
    from public.messages t join private.reactions r on r.message_id = t.id where t.id = any (p_messages)
  ), shown as (
    delete from public.hidden_reactions h using given g
    where (h.message_id, h.user_id, h.emoji) = (g.message_id, g.user_id, g.emoji) and not g.hides
  )
  insert into public.hidden_reactions (message_id, user_id, emoji, created_at)
  select g.message_id, g.user_id, g.emoji, g.created_at from given g where g.hides on conflict do nothing;

  update public.messages m set reactions = copy.reactions
  from (
    select t.id, coalesce((
      select jsonb_agg(jsonb_build_object('emoji', k.emoji, 'user_ids', k.user_ids) order by k.first, k.emoji)
      from (
        select r.emoji, jsonb_agg(r.giver order by r.created_at, r.giver) as user_ids, min(r.created_at) as first
        from (
          select p.emoji, p.user_id::text as giver, p.created_at from private.reactions p
          where p.message_id = t.id and not exists (
            select 1 from public.hidden_reactions h where (h.message_id, h.user_id, h.emoji) = (p.message_id, p.user_id, p.emoji))
          union all
          select a.emoji, 'ai', a.created_at from private.assistant_reactions a where a.message_id = t.id) r
        group by r.emoji) k), '[]') as reactions
    from public.messages t where t.id = any (p_messages)) copy
  where m.id = copy.id and m.reactions <> copy.reactions;
end
$$;

comment on function private.place_reactions(uuid[]) is 'Puts the reactions to some messages of chats that are locked where they belong: on the message, or among the hidden ones. For whoever may see them that is no change.';

create or replace function private.copy_reactions() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_messages uuid[] := array(select distinct t.message_id from touched t);
begin
  perform private.place_reactions(v_messages);
  -- What is deleted says so itself.
  perform private.log_change(m.chat_id, private.next_seq(m.chat_id), 'message', m.id)
  from (select m.chat_id, m.id from public.messages m where m.id = any (v_messages) and m.deleted_at is null order by m.chat_id, m.seq) m;
  return null;
end
$$;

comment on function private.copy_reactions() is 'Trigger: places the reactions to a message, and makes the change known.';

create or replace function private.log_message() returns trigger
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

comment on function private.log_message() is 'Trigger: every new or changed message is a change. Reactions make themselves known.';

create function private.more_of_message(p_message uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return (
    select case count(*) when 0 then '{}' else jsonb_build_object('hidden_reactions', jsonb_agg(
      jsonb_build_object('emoji', h.emoji, 'user_id', h.user_id, 'created_at', h.created_at))) end
    from public.hidden_reactions h
    where h.message_id = p_message and (h.user_id = any (private.hidden_authors())) is not true);
end
$$;

comment on function private.more_of_message(uuid) is 'What belongs to a message that the caller may see, besides its row: {hidden_reactions?}, without those of people who blocked them. Definer, and in plpgsql, which keeps its plan: catching up asks it for each message, and hardly any has more.';

create or replace function private.message_json(m public.messages) returns jsonb
language sql stable security invoker set search_path = '' as $$ select to_jsonb(m) || private.more_of_message(m.id) $$;

create or replace function private.is_for_all(p_message uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select not exists (
    select 1 from public.messages m join public.members b on b.chat_id = m.chat_id
    where m.id = p_message and (b.history_from > m.seq
      or exists (select 1 from public.blocks k where k.blocker_id = m.author_id and k.blocked_id = b.user_id)))
  and not exists (
    select 1 from public.hidden_reactions h join public.messages m on m.id = h.message_id
    join public.blocks k on k.blocker_id = h.user_id
    join public.members b on b.chat_id = m.chat_id and b.user_id = k.blocked_id
    where h.message_id = p_message)
$$;

comment on function private.is_for_all(uuid) is 'Whether every member may see a message and all reactions to it; one that is not written yet will be.';

create or replace function private.set_reaction(p_message uuid, p_emoji text, p_on boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_message public.messages := private.lock_message(p_message);
  v_me uuid := (select auth.uid());
  v_kinds text[];
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
  v_kinds := array(
    select r.emoji from private.reactions r where r.message_id = p_message
    union select a.emoji from private.assistant_reactions a where a.message_id = p_message);
  if p_emoji <> all (v_kinds) and cardinality(v_kinds) >= private.max_reactions() then
    raise exception 'too many reactions' using errcode = 'SR018', hint = 'This message has all the emoji it can hold. Add to one of them.';
  end if;
  insert into private.reactions (message_id, user_id, emoji) values (p_message, v_me, p_emoji) on conflict do nothing;
end
$$;

alter table public.hidden_reactions enable row level security;

create function private.sees_message(p_message uuid) returns boolean
language plpgsql stable security invoker set search_path = '' as $$
begin
  return exists (select from public.messages m where m.id = p_message);
end
$$;

comment on function private.sees_message(uuid) is 'Whether the caller may see a message. In plpgsql, so that a query which finds nothing to ask of does not plan the policy of messages a second time.';

create policy "members read reactions of those who did not block them" on public.hidden_reactions
  for select to authenticated
  using (private.sees_message(message_id) and (user_id = any ((select private.hidden_authors())::uuid[])) is not true);

revoke all on public.hidden_reactions from anon, authenticated, service_role;
grant select on public.hidden_reactions to authenticated;
grant execute on function private.more_of_message(uuid), private.sees_message(uuid) to authenticated;
