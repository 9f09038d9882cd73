-- Join requests: whoever comes by an invite that needs approval waits until any member answers.

alter type public.change_kind add value 'request';

alter table private.invite_redemptions add column declined_at timestamptz;

comment on column private.invite_redemptions.declined_at is 'Set when a member declined: the same link does not ask again.';

create table public.join_requests (
  chat_id uuid not null references public.chats (id) on delete cascade,
  user_id uuid not null references public.profiles (id) on delete cascade,
  invite_id uuid not null references public.invites (id) on delete cascade,
  created_at timestamptz not null default clock_timestamp(),
  primary key (chat_id, user_id)
);

create index join_requests_by_user on public.join_requests (user_id);
create index join_requests_by_invite on public.join_requests (invite_id);

comment on table public.join_requests is 'People who wait to be let into a group. A row goes when it is answered or taken back.';

create or replace function private.known_profile_ids() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select m.user_id from public.members m where m.chat_id in (select private.my_chat_ids())
  union
  select f.user_id from private.former_members f where f.chat_id in (select private.my_chat_ids())
  union
  select r.user_id from public.join_requests r where r.chat_id in (select private.my_chat_ids())
$$;

comment on function private.known_profile_ids() is 'People who are or were in one of the caller''s chats, or wait to be let in. Definer, because former members are not readable.';

create or replace function private.change_json(p_chat uuid, p_seq bigint, p_kind public.change_kind, p_entity uuid) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object('chat_id', p_chat, 'seq', p_seq, 'kind', p_kind, 'entity_id', p_entity)
    || case p_kind::text
      when 'message' then jsonb_build_object('message', (select private.message_json(m) from public.messages m where m.id = p_entity))
      when 'member' then jsonb_build_object('member', (
        select jsonb_build_object('user_id', b.user_id, 'role', b.role, 'joined_at', b.joined_at,
          'display_name', p.display_name, 'username', p.username, 'avatar_path', p.avatar_path)
        from public.members b join public.profiles p on p.id = b.user_id
        where b.chat_id = p_chat and b.user_id = p_entity))
      when 'request' then jsonb_build_object('request', (
        select jsonb_build_object('user_id', r.user_id, 'created_at', r.created_at,
          'display_name', p.display_name, 'username', p.username, 'avatar_path', p.avatar_path)
        from public.join_requests r join public.profiles p on p.id = r.user_id
        where r.chat_id = p_chat and r.user_id = p_entity))
      else jsonb_build_object('chat', (
        select jsonb_build_object('id', c.id, 'kind', c.kind, 'title', c.title, 'instructions', c.instructions,
          'reply_mode', c.reply_mode, 'epoch', c.epoch, 'creator_id', c.creator_id, 'created_at', c.created_at)
        from public.chats c where c.id = p_entity))
    end
$$;

comment on function private.change_json(uuid, bigint, public.change_kind, uuid) is 'A change as clients receive it, by broadcast and by catch-up alike: {chat_id, seq, kind, entity_id, message | member | request | chat}. Who is gone, or does not wait any more, is null.';

create or replace function private.preview_invite(p_token text, p_user uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_invite public.invites;
  v_member boolean;
  v_waiting boolean;
begin
  select * into v_invite from public.invites i where i.token_hash = private.hash_token(p_token);
  v_member := p_user is not null and private.is_member(v_invite.chat_id, p_user);
  v_waiting := exists (select 1 from public.join_requests r where r.chat_id = v_invite.chat_id and r.user_id = p_user);
  if not v_member and not v_waiting and not private.invite_is_open(v_invite) then
    raise exception 'invite not valid' using errcode = 'SR004', hint = 'Ask for a new link.';
  end if;
  return (
    select jsonb_build_object(
      'title', c.title,
      'member_count', (select count(*) from public.members m where m.chat_id = c.id),
      'max_members', private.max_members(),
      'inviter', (select p.display_name from public.profiles p where p.id = v_invite.created_by),
      'needs_approval', v_invite.needs_approval,
      'waiting', v_waiting,
      'chat_id', case when v_member then c.id end)
    from public.chats c where c.id = v_invite.chat_id);
end
$$;

create or replace function private.redeem_invite(p_token text, p_user uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_invite public.invites;
  v_first boolean;
begin
  perform private.require_profile(p_user);
  select * into v_invite from public.invites i where i.token_hash = private.hash_token(p_token) for no key update;
  -- What follows sees every joining, leaving and closing that was committed while this lock was awaited.
  perform 1 from public.chats c where c.id = v_invite.chat_id for no key update;
  if private.is_member(v_invite.chat_id, p_user) then
    return jsonb_build_object('chat_id', v_invite.chat_id, 'joined', false, 'waiting', false);
  end if;
  if exists (select 1 from public.join_requests r where r.chat_id = v_invite.chat_id and r.user_id = p_user and r.invite_id = v_invite.id) then
    return jsonb_build_object('chat_id', v_invite.chat_id, 'joined', false, 'waiting', true);
  end if;
  if not private.invite_is_open(v_invite)
    -- Who was declined does not ask again by the same link.
    or v_invite.needs_approval and exists (
      select 1 from private.invite_redemptions r where r.invite_id = v_invite.id and r.user_id = p_user and r.declined_at is not null) then
    raise exception 'invite not valid' using errcode = 'SR004', hint = 'Ask for a new link.';
  end if;
  if v_invite.needs_approval then
    insert into public.join_requests (chat_id, user_id, invite_id) values (v_invite.chat_id, p_user, v_invite.id)
    on conflict (chat_id, user_id) do update set invite_id = excluded.invite_id;
    perform private.log_change(v_invite.chat_id, private.next_seq(v_invite.chat_id), 'request', p_user);
  else
    perform private.seat(v_invite, p_user);
    delete from public.join_requests r where r.chat_id = v_invite.chat_id and r.user_id = p_user;
    if found then
      perform private.log_change(v_invite.chat_id, private.next_seq(v_invite.chat_id), 'request', p_user);
    end if;
  end if;
  insert into private.invite_redemptions (invite_id, user_id) values (v_invite.id, p_user)
  on conflict do nothing returning true into v_first;
  if v_first then
    update public.invites set uses = uses + 1 where id = v_invite.id;
  end if;
  return jsonb_build_object('chat_id', v_invite.chat_id, 'joined', not v_invite.needs_approval, 'waiting', v_invite.needs_approval);
end
$$;

comment on function private.redeem_invite(text, uuid) is 'Definer: one membership, or one request, and one use per person, however often redeemed.';
comment on function public.redeem_invite(text, uuid) is 'For the function invite: {chat_id, joined, waiting}. Raises SR003 (full), SR004 (not valid, or declined before) or SR005 (no profile).';
comment on function public.preview_invite(text, uuid) is 'For the function invite: {title, member_count, max_members, inviter, needs_approval, waiting, chat_id}. Raises SR004.';

create function private.answer_request(p_chat uuid, p_user uuid, p_accept boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_invite public.invites;
begin
  perform 1 from public.chats c where c.id = p_chat for no key update;
  perform private.require_member(p_chat);
  select i.* into v_invite from public.join_requests r join public.invites i on i.id = r.invite_id
  where r.chat_id = p_chat and r.user_id = p_user;
  if v_invite.id is null then
    return;
  end if;
  if p_accept then
    perform private.seat(v_invite, p_user);
  end if;
  delete from public.join_requests r where r.chat_id = p_chat and r.user_id = p_user;
  perform private.log_change(p_chat, private.next_seq(p_chat), 'request', p_user);
  if not p_accept then
    update private.invite_redemptions set declined_at = now() where invite_id = v_invite.id and user_id = p_user;
    perform private.audit(p_chat, 'join_declined', p_user, '{}');
    perform private.tell(p_user, 'membership', jsonb_build_object('chat_id', p_chat, 'member', false));
  end if;
end
$$;

comment on function private.answer_request(uuid, uuid, boolean) is 'Definer: any member answers, under the chat''s lock: of two who answer at once the first counts. In a full group the request stays.';

create function public.answer_request(p_chat uuid, p_user uuid, p_accept boolean) returns void
language sql volatile security invoker set search_path = '' as $$ select private.answer_request(p_chat, p_user, p_accept) $$;

comment on function public.answer_request(uuid, uuid, boolean) is 'A member lets somebody in, or declines. Answering what was answered does nothing. Raises SR002 or SR003 (full).';

create function private.forget_requests() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.tell(r.user_id, 'membership', jsonb_build_object('chat_id', new.id, 'member', false))
  from public.join_requests r where r.chat_id = new.id;
  delete from public.join_requests r where r.chat_id = new.id;
  return null;
end
$$;

comment on function private.forget_requests() is 'Trigger: nobody waits for a chat that has closed, and whoever did is told.';

create trigger chats_forget_requests after update of closed_at on public.chats
  for each row when (old.closed_at is null and new.closed_at is not null) execute function private.forget_requests();

create function private.withdraw_request(p_chat uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_me uuid := private.require_user();
begin
  perform 1 from public.chats c where c.id = p_chat for no key update;
  delete from public.join_requests r where r.chat_id = p_chat and r.user_id = v_me;
  if found then
    perform private.log_change(p_chat, private.next_seq(p_chat), 'request', v_me);
  end if;
end
$$;

comment on function private.withdraw_request(uuid) is 'Definer: the caller''s own request.';

create function public.withdraw_request(p_chat uuid) returns void
language sql volatile security invoker set search_path = '' as $$ select private.withdraw_request(p_chat) $$;

comment on function public.withdraw_request(uuid) is 'The caller does not want to be let in any more.';

create function private.my_join_requests() returns setof jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('chat_id', r.chat_id, 'title', c.title, 'created_at', r.created_at)
  from public.join_requests r join public.chats c on c.id = r.chat_id
  where r.user_id = (select auth.uid()) order by r.created_at
$$;

comment on function private.my_join_requests() is 'Definer: of a chat that one waits for, one sees the name.';

create function public.my_join_requests() returns setof jsonb
language sql stable security invoker set search_path = '' as $$ select private.my_join_requests() $$;

comment on function public.my_join_requests() is 'The groups that the caller waits to be let into: {chat_id, title, created_at}.';

-- Who let them in stands in the notice.
create or replace function private.member_joined() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_actor uuid := (select auth.uid());
begin
  perform private.log_change(new.chat_id, private.next_seq(new.chat_id), 'member', new.user_id);
  if new.role = 'member' then
    perform private.post_notice(new.chat_id, jsonb_build_object('type', 'joined', 'user_id', new.user_id)
      || case when v_actor <> new.user_id then jsonb_build_object('by', v_actor) else '{}' end);
  end if;
  -- History before joining is not unread.
  update public.members m set last_read_seq = (select c.last_seq from public.chats c where c.id = new.chat_id)
  where m.chat_id = new.chat_id and m.user_id = new.user_id;
  perform private.tell(new.user_id, 'membership', jsonb_build_object('chat_id', new.chat_id, 'member', true));
  return null;
end
$$;

create or replace function public.my_chats() returns setof jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object(
    'id', c.id, 'kind', c.kind, 'title', c.title, 'instructions', c.instructions, 'reply_mode', c.reply_mode, 'epoch', c.epoch,
    'creator_id', c.creator_id, 'created_at', c.created_at, 'last_seq', c.last_seq,
    'notification_level', me.notification_level, 'last_read_seq', me.last_read_seq,
    'archived', me.archived_at is not null,
    'pending_requests', (select count(*) from public.join_requests r where r.chat_id = c.id),
    'member_count', (select count(*) from public.members m where m.chat_id = c.id),
    -- Looked for among the next 500 in order: the index by seq is read from the last message read on, and never far.
    'unread', (
      select least(count(*), 100) from (
        select m.kind, m.author_id from public.messages m
        where m.chat_id = c.id and m.seq > me.last_read_seq order by m.seq limit 500) later
      where later.kind <> 'system' and later.author_id is distinct from me.user_id),
    'last_message', (
      select private.message_json(m) from public.messages m where m.chat_id = c.id order by m.seq desc limit 1))
  from public.members me
  join public.chats c on c.id = me.chat_id
  where me.user_id = (select auth.uid())
$$;

alter table public.join_requests enable row level security;

create policy "members and those who wait see the request" on public.join_requests
  for select to authenticated
  using (user_id = (select auth.uid()) or chat_id in (select private.my_chat_ids()));

revoke all on public.join_requests from anon, authenticated, service_role;
grant select (chat_id, user_id, created_at) on public.join_requests to authenticated, service_role;
grant execute on function
  public.answer_request(uuid, uuid, boolean), private.answer_request(uuid, uuid, boolean),
  public.withdraw_request(uuid), private.withdraw_request(uuid),
  public.my_join_requests(), private.my_join_requests()
to authenticated;
