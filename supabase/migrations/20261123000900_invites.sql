-- Invites: links into a group. The token is shown once to its maker and stored only as a hash.

create table public.invites (
  id uuid primary key default gen_random_uuid(),
  chat_id uuid not null references public.chats (id) on delete cascade,
  token_hash bytea not null unique,
  created_by uuid references public.profiles (id) on delete set null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  max_uses integer
    constraint invites_max_uses_positive check (max_uses > 0),
  uses integer not null default 0,
  revoked_at timestamptz
);

create index invites_by_chat on public.invites (chat_id);
create index invites_by_creator on public.invites (created_by);

comment on table public.invites is 'Invite links. Valid while not revoked, not expired and not used up.';
comment on column public.invites.token_hash is 'SHA-256 of the token; the token itself (128 random bits) is nowhere in the database.';
comment on column public.invites.expires_at is 'Null: never.';
comment on column public.invites.max_uses is 'Null: unlimited.';

create table private.invite_redemptions (
  invite_id uuid not null references public.invites (id) on delete cascade,
  user_id uuid not null references public.profiles (id) on delete cascade,
  redeemed_at timestamptz not null default now(),
  primary key (invite_id, user_id)
);

create index invite_redemptions_by_user on private.invite_redemptions (user_id);

comment on table private.invite_redemptions is 'Who came by which invite: the same person counts as one use.';

create function private.hash_token(p_token text) returns bytea
language sql immutable security invoker set search_path = '' as $$
  select sha256(convert_to(p_token, 'UTF8'))
$$;

comment on function private.hash_token(text) is 'The only form in which a token is stored or looked up, so a comparison leaks no byte of it by time.';

create function private.create_invite(p_chat uuid, p_expires_in interval, p_max_uses integer) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_user uuid;
  v_token text;
  v_invite public.invites;
begin
  v_user := private.require_member(p_chat);
  if not exists (select 1 from public.chats c where c.id = p_chat and c.kind = 'group') then
    raise exception 'not a group' using errcode = 'SR007', hint = 'Only groups have invites.';
  end if;
  v_token := translate(rtrim(encode(extensions.gen_random_bytes(16), 'base64'), '='), '+/', '-_');
  insert into public.invites (chat_id, token_hash, created_by, expires_at, max_uses)
  values (p_chat, private.hash_token(v_token), v_user, now() + p_expires_in, p_max_uses)
  returning * into v_invite;
  return jsonb_build_object('id', v_invite.id, 'token', v_token, 'expires_at', v_invite.expires_at, 'max_uses', v_invite.max_uses);
end
$$;

comment on function private.create_invite(uuid, interval, integer) is 'Definer: makes the token in the database, so that none is weak, and returns it this once.';

create function public.create_invite(p_chat uuid, p_expires_in interval default interval '1 day', p_max_uses integer default null) returns jsonb
language sql volatile security invoker set search_path = '' as $$
  select private.create_invite(p_chat, p_expires_in, p_max_uses)
$$;

comment on function public.create_invite(uuid, interval, integer) is 'Any member makes an invite: {id, token, expires_at, max_uses}. Raises SR002 or SR007 (not a group).';

create function private.reset_invites(p_chat uuid) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  v_count integer;
begin
  perform private.require_member(p_chat);
  update public.invites set revoked_at = now() where chat_id = p_chat and revoked_at is null;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

comment on function private.reset_invites(uuid) is 'Definer: invites are not writable by clients.';

create function public.reset_invites(p_chat uuid) returns integer
language sql volatile security invoker set search_path = '' as $$
  select private.reset_invites(p_chat)
$$;

comment on function public.reset_invites(uuid) is 'Kills every earlier link of the chat at once; returns how many.';

create function private.invite_is_open(i public.invites) returns boolean
language sql stable security invoker set search_path = '' as $$
  select i.id is not null and i.revoked_at is null
    and (i.expires_at is null or i.expires_at > now())
    and (i.max_uses is null or i.uses < i.max_uses)
    and exists (select 1 from public.chats c where c.id = i.chat_id and c.closed_at is null)
$$;

comment on function private.invite_is_open(public.invites) is 'Unknown, revoked, expired, used up and into a closed chat are all the same: not open.';

create function private.preview_invite(p_token text, p_user uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_invite public.invites;
  v_member boolean;
begin
  select * into v_invite from public.invites i where i.token_hash = private.hash_token(p_token);
  v_member := p_user is not null and private.is_member(v_invite.chat_id, p_user);
  if not v_member and not private.invite_is_open(v_invite) then
    raise exception 'invite not valid' using errcode = 'SR004', hint = 'Ask for a new link.';
  end if;
  return (
    select jsonb_build_object(
      'title', c.title,
      'member_count', (select count(*) from public.members m where m.chat_id = c.id),
      'max_members', private.max_members(),
      'inviter', (select p.display_name from public.profiles p where p.id = v_invite.created_by),
      'chat_id', case when v_member then c.id end)
    from public.chats c where c.id = v_invite.chat_id);
end
$$;

comment on function private.preview_invite(text, uuid) is 'Definer: what a stranger with the link may see, and nothing of the messages. chat_id only for a member. Spends no use.';

create function public.preview_invite(p_token text, p_user uuid default null) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select private.preview_invite(p_token, p_user)
$$;

comment on function public.preview_invite(text, uuid) is 'For the function invite: {title, member_count, max_members, inviter, chat_id}. Raises SR004.';

create function private.redeem_invite(p_token text, p_user uuid) returns jsonb
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
    return jsonb_build_object('chat_id', v_invite.chat_id, 'joined', false);
  end if;
  if not private.invite_is_open(v_invite) then
    raise exception 'invite not valid' using errcode = 'SR004', hint = 'Ask for a new link.';
  end if;
  insert into public.members (chat_id, user_id) values (v_invite.chat_id, p_user) on conflict do nothing;
  insert into private.invite_redemptions (invite_id, user_id) values (v_invite.id, p_user)
  on conflict do nothing returning true into v_first;
  if v_first then
    update public.invites set uses = uses + 1 where id = v_invite.id;
  end if;
  return jsonb_build_object('chat_id', v_invite.chat_id, 'joined', true);
end
$$;

comment on function private.redeem_invite(text, uuid) is 'Definer: one membership and one use per person, however often redeemed. The seat is counted by the trigger on members.';

create function public.redeem_invite(p_token text, p_user uuid) returns jsonb
language sql volatile security invoker set search_path = '' as $$
  select private.redeem_invite(p_token, p_user)
$$;

comment on function public.redeem_invite(text, uuid) is 'For the function invite: {chat_id, joined}. Raises SR003 (full), SR004 (not valid) or SR005 (no profile).';

alter table public.invites enable row level security;
alter table private.invite_redemptions enable row level security;

create policy "members see their chats' invites" on public.invites
  for select to authenticated using (chat_id in (select private.my_chat_ids()));

create policy "nobody reads redemptions" on private.invite_redemptions
  for select to authenticated using (false);

revoke all on public.invites, private.invite_redemptions from anon, authenticated, service_role;
grant select (id, chat_id, created_by, created_at, expires_at, max_uses, uses, revoked_at) on public.invites to authenticated, service_role;
grant execute on function
  public.create_invite(uuid, interval, integer), private.create_invite(uuid, interval, integer),
  public.reset_invites(uuid), private.reset_invites(uuid)
to authenticated;
grant execute on function
  public.preview_invite(text, uuid), private.preview_invite(text, uuid),
  public.redeem_invite(text, uuid), private.redeem_invite(text, uuid)
to service_role;
