-- Invite options: how long, how often, whether a member lets people in, and what newcomers see of what was said before.

create type public.invite_history as enum ('all', 'last50', 'none');

alter table public.invites
  add column needs_approval boolean not null default false,
  add column history public.invite_history not null default 'all';

comment on column public.invites.needs_approval is 'Whoever comes by it waits until a member lets them in.';
comment on column public.invites.history is 'What newcomers see of what was said before they came.';

drop function public.create_invite(uuid, interval, integer);
drop function private.create_invite(uuid, interval, integer);

create function private.create_invite(p_chat uuid, p_expires_in interval, p_max_uses integer, p_needs_approval boolean, p_history public.invite_history) returns jsonb
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
  insert into public.invites (chat_id, token_hash, created_by, expires_at, max_uses, needs_approval, history)
  values (p_chat, private.hash_token(v_token), v_user, now() + p_expires_in, p_max_uses, p_needs_approval, p_history)
  returning * into v_invite;
  perform private.audit(p_chat, 'invite_created', null, jsonb_build_object(
    'expires_at', v_invite.expires_at, 'max_uses', p_max_uses, 'needs_approval', p_needs_approval, 'history', p_history));
  return jsonb_build_object('id', v_invite.id, 'token', v_token, 'expires_at', v_invite.expires_at, 'max_uses', v_invite.max_uses,
    'needs_approval', v_invite.needs_approval, 'history', v_invite.history);
end
$$;

comment on function private.create_invite(uuid, interval, integer, boolean, public.invite_history) is 'Definer: makes the token in the database, so that none is weak, and returns it this once.';

create function public.create_invite(
  p_chat uuid, p_expires_in interval default interval '1 day', p_max_uses integer default null,
  p_needs_approval boolean default false, p_history public.invite_history default 'all') returns jsonb
language sql volatile security invoker set search_path = '' as $$
  select private.create_invite(p_chat, p_expires_in, p_max_uses, p_needs_approval, p_history)
$$;

comment on function public.create_invite(uuid, interval, integer, boolean, public.invite_history) is 'Any member makes an invite: {id, token, expires_at, max_uses, needs_approval, history}. Without an expiry (null) it works until it is reset, without a number of uses for any number of people. Raises SR002 or SR007 (not a group).';

create or replace function private.reset_invites(p_chat uuid) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  v_count integer;
begin
  perform private.require_member(p_chat);
  update public.invites set revoked_at = now() where chat_id = p_chat and revoked_at is null;
  get diagnostics v_count = row_count;
  perform private.audit(p_chat, 'invites_reset', null, jsonb_build_object('count', v_count));
  return v_count;
end
$$;

create function private.history_start(p_chat uuid, p_history public.invite_history) returns bigint
language sql stable security definer set search_path = '' as $$
  select case p_history
    when 'all' then 0
    when 'none' then c.last_seq + 1
    else coalesce((
      select min(t.seq) from (
        select m.seq from public.messages m where m.chat_id = p_chat and m.kind <> 'system' order by m.seq desc limit 50) t), c.last_seq + 1)
  end
  from public.chats c where c.id = p_chat
$$;

comment on function private.history_start(uuid, public.invite_history) is 'From which seq on somebody who joins now may read.';

create function private.seat(p_invite public.invites, p_user uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.members (chat_id, user_id, history_from)
  values (p_invite.chat_id, p_user, private.history_start(p_invite.chat_id, p_invite.history))
  on conflict do nothing;
end
$$;

comment on function private.seat(public.invites, uuid) is 'A membership by the rules of an invite. Callers hold the chat''s lock; the seat is counted by the trigger on members.';

grant select (needs_approval, history) on public.invites to authenticated, service_role;
grant execute on function
  public.create_invite(uuid, interval, integer, boolean, public.invite_history), private.create_invite(uuid, interval, integer, boolean, public.invite_history)
to authenticated;
