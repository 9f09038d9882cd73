-- Presence: who is looking at a chat, who is writing, and how far each has read. Told by the database on the chat's topic, which
-- ends for a member together with the membership (Realtime's own presence would not).

create unlogged table private.presence (
  chat_id uuid not null,
  user_id uuid not null,
  typing boolean not null,
  seen_at timestamptz not null default clock_timestamp(),
  primary key (chat_id, user_id),
  foreign key (chat_id, user_id) references public.members (chat_id, user_id) on delete cascade
);

comment on table private.presence is 'Members who look at a chat at present. Goes with the membership; lost in a crash, and told again by the next beat.';

create function private.presence_lasts() returns interval
language sql immutable security invoker set search_path = '' as $$ select interval '70 seconds' $$;

comment on function private.presence_lasts() is 'How long somebody counts as here after a beat; those who look on beat every 25 seconds.';

create function private.beat(p_chat uuid, p_here boolean, p_typing boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_me uuid := private.require_member(p_chat);
  v_told boolean;
begin
  if p_here then
    insert into private.presence as p (chat_id, user_id, typing) values (p_chat, v_me, p_typing)
    on conflict (chat_id, user_id) do update set typing = excluded.typing, seen_at = excluded.seen_at
      -- Whoever beats faster than anybody types is not told.
      where p.typing <> excluded.typing or p.seen_at < excluded.seen_at - interval '1 second'
    returning true into v_told;
  else
    delete from private.presence p where p.chat_id = p_chat and p.user_id = v_me returning true into v_told;
  end if;
  if v_told then
    perform private.publish(p_chat, 'presence',
      jsonb_build_object('chat_id', p_chat, 'user_id', v_me, 'here', p_here, 'typing', p_here and p_typing));
  end if;
end
$$;

comment on function private.beat(uuid, boolean, boolean) is 'Definer: the caller''s own presence, told to all members.';

create function public.beat(p_chat uuid, p_here boolean, p_typing boolean default false) returns void
language sql volatile security invoker set search_path = '' as $$ select private.beat(p_chat, p_here, p_typing) $$;

comment on function public.beat(uuid, boolean, boolean) is 'The caller looks at the chat (to be said again every 25 seconds), is writing there (every few seconds), or has gone. Raises SR002.';

create function private.present_members(p_chat uuid) returns setof jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('chat_id', p.chat_id, 'user_id', p.user_id, 'here', true, 'typing', p.typing)
  from private.presence p
  where p.chat_id = p_chat and p.chat_id in (select private.my_chat_ids())
    and p.seen_at > clock_timestamp() - private.presence_lasts()
$$;

comment on function private.present_members(uuid) is 'Definer: who looks at a chat of the caller.';

create function public.present_members(p_chat uuid) returns setof jsonb
language sql stable security invoker set search_path = '' as $$ select private.present_members(p_chat) $$;

comment on function public.present_members(uuid) is 'Who looks at the chat: {chat_id, user_id, here, typing}, as the event presence. Empty when the caller is not a member.';

create or replace function private.mark_read(p_chat uuid, p_seq bigint) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid := (select auth.uid());
  v_seq bigint;
begin
  update public.members m
  set last_read_seq = least(p_seq, c.last_seq)
  from public.chats c
  where c.id = m.chat_id and m.chat_id = p_chat and m.user_id = v_me and m.last_read_seq < least(p_seq, c.last_seq)
  returning m.last_read_seq into v_seq;
  if v_seq is not null then
    perform private.publish(p_chat, 'read', jsonb_build_object('chat_id', p_chat, 'user_id', v_me, 'seq', v_seq));
  end if;
end
$$;

comment on function private.mark_read(uuid, bigint) is 'Definer because last_read_seq is not writable: it never goes back and never past the log. What moved is told to all members.';

alter table private.presence enable row level security;

create policy "nobody reads presence" on private.presence for select to authenticated using (false);

revoke all on private.presence from anon, authenticated, service_role;
grant execute on function
  public.beat(uuid, boolean, boolean), private.beat(uuid, boolean, boolean),
  public.present_members(uuid), private.present_members(uuid)
to authenticated;
