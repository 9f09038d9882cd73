-- Blocks: whom a person does not want to hear of. Their messages keep their place in the order, and the panel shows them only when
-- asked; their mentions do not count; neither comes into a group by the other's invites. Whoever is blocked finds nothing that says so:
-- no row of theirs changes, and an invite refuses in the words of one that has expired.

create table public.blocks (
  blocker_id uuid not null references public.profiles (id) on delete cascade,
  blocked_id uuid not null references public.profiles (id) on delete cascade,
  created_at timestamptz not null default clock_timestamp(),
  primary key (blocker_id, blocked_id),
  constraint blocks_not_oneself check (blocker_id <> blocked_id)
);

create index blocks_by_blocked on public.blocks (blocked_id);

comment on table public.blocks is 'Who blocked whom. Only who blocked sees the row.';

create function private.are_apart(p_one uuid, p_other uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from public.blocks b
    where (b.blocker_id, b.blocked_id) in ((p_one, p_other), (p_other, p_one)))
$$;

comment on function private.are_apart(uuid, uuid) is 'Whether one of the two blocked the other. Definer: neither may know.';

create function private.set_block(p_user uuid, p_on boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_me uuid := private.require_user();
begin
  if not p_on then
    delete from public.blocks b where b.blocker_id = v_me and b.blocked_id = p_user;
  elsif p_user <> v_me and p_user in (select private.known_profile_ids()) then
    insert into public.blocks (blocker_id, blocked_id) values (v_me, p_user) on conflict do nothing;
  else
    raise exception 'no such person' using errcode = 'SR007', hint = 'This person is not in one of your chats.';
  end if;
  perform private.tell(v_me, 'blocks', '{}');
end
$$;

comment on function private.set_block(uuid, boolean) is 'Definer: blocks are written here alone. Only people whom the caller may see, so that no id can be tried.';

create function public.set_block(p_user uuid, p_on boolean) returns void
language sql volatile security invoker set search_path = '' as $$ select private.set_block(p_user, p_on) $$;

comment on function public.set_block(uuid, boolean) is 'Blocks somebody of the caller''s chats, or takes it back; doing so twice is once. Raises SR007.';

create function private.my_blocks() returns setof jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('id', p.id, 'display_name', p.display_name, 'username', p.username, 'avatar_path', p.avatar_path,
    'created_at', b.created_at)
  from public.blocks b join public.profiles p on p.id = b.blocked_id
  where b.blocker_id = (select auth.uid()) order by b.created_at
$$;

comment on function private.my_blocks() is 'Definer: their names are seen here even where no chat is shared any more.';

create function public.my_blocks() returns setof jsonb
language sql stable security invoker set search_path = '' as $$ select private.my_blocks() $$;

comment on function public.my_blocks() is 'Whom the caller blocked: {id, display_name, username, avatar_path, created_at}.';

-- What the preview was is kept under another name; this one stands before it.
alter function private.preview_invite(text, uuid) rename to preview_any_invite;
revoke execute on function private.preview_any_invite(text, uuid) from service_role;

create function private.preview_invite(p_token text, p_user uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if exists (
    select 1 from public.invites i
    where i.token_hash = private.hash_token(p_token) and private.are_apart(i.created_by, p_user)
      and not private.is_member(i.chat_id, p_user)) then
    raise exception 'invite not valid' using errcode = 'SR004', hint = 'Ask for a new link.';
  end if;
  return private.preview_any_invite(p_token, p_user);
end
$$;

comment on function private.preview_invite(text, uuid) is 'Definer: the preview, except of invites between people of whom one blocked the other, which refuse like one that has expired.';

create function private.refuse_apart() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if exists (select 1 from public.invites i where i.id = new.invite_id and private.are_apart(i.created_by, new.user_id)) then
    raise exception 'invite not valid' using errcode = 'SR004', hint = 'Ask for a new link.';
  end if;
  return new;
end
$$;

comment on function private.refuse_apart() is 'Trigger: whoever redeems an invite, at once or by asking, leaves a row here in the same transaction; so nobody comes by the invite of somebody they blocked, or who blocked them.';

create trigger invite_redemptions_refuse_apart before insert on private.invite_redemptions
  for each row execute function private.refuse_apart();

-- A mention stands with its message for all to see; who blocked its author reads it otherwise.
alter function public.my_chats() rename to my_chats_unfiltered;
alter function public.my_chats_unfiltered() set schema private;

create function private.is_mentioned_by_others(p_chat uuid, p_after bigint) returns boolean
language sql stable security definer set search_path = '' as $$
  select coalesce(bool_or(later.mentions_all or (select auth.uid()) = any (later.mentions)), false)
  from (
    select m.kind, m.author_id, m.mentions, m.mentions_all from public.messages m
    where m.chat_id = p_chat and m.seq > p_after and p_chat in (select private.my_chat_ids()) order by m.seq limit 500) later
  where later.kind <> 'system' and later.author_id is distinct from (select auth.uid())
    and not exists (
      select 1 from public.blocks b where b.blocker_id = (select auth.uid()) and b.blocked_id = later.author_id)
$$;

comment on function private.is_mentioned_by_others(uuid, bigint) is 'Whether somebody whom the caller did not block addresses them among the next 500 messages. Definer, for my_chats.';

create function public.my_chats() returns setof jsonb
language sql stable security invoker set search_path = '' as $$
  select case when (line ->> 'mentioned')::boolean and exists (select 1 from public.blocks b where b.blocker_id = (select auth.uid()))
    then line || jsonb_build_object('mentioned',
      private.is_mentioned_by_others((line ->> 'id')::uuid, (line ->> 'last_read_seq')::bigint))
    else line end
  from private.my_chats_unfiltered() line
$$;

comment on function public.my_chats() is 'All chats of the caller with last_seq (to compare with cursors), unread count (at most 100), last message, and whether somebody whom they did not block mentions them.';

alter table public.blocks enable row level security;

create policy "people see whom they blocked" on public.blocks
  for select to authenticated using (blocker_id = (select auth.uid()));

revoke all on public.blocks from anon, authenticated, service_role;
grant select on public.blocks to authenticated;
grant execute on function
  public.set_block(uuid, boolean), private.set_block(uuid, boolean),
  public.my_blocks(), private.my_blocks(),
  public.my_chats(), private.is_mentioned_by_others(uuid, bigint)
to authenticated;
grant execute on function private.preview_invite(text, uuid) to service_role;
