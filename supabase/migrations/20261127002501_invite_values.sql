-- Invite values: an invite is made with the choices that people are offered, and with no others.
--
-- Another error code: SR020 invite with other values.

create or replace function private.create_invite(p_chat uuid, p_expires_in interval, p_max_uses integer, p_needs_approval boolean, p_history public.invite_history) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_user uuid;
  v_token text;
  v_seconds numeric := extract(epoch from p_expires_in);
  v_invite public.invites;
begin
  v_user := private.require_member(p_chat);
  if not exists (select 1 from public.chats c where c.id = p_chat and c.kind = 'group') then
    raise exception 'not a group' using errcode = 'SR007', hint = 'Only groups have invites.';
  end if;
  if v_seconds not in (3600, 86400, 604800, 2592000) then
    raise exception 'no such expiry' using errcode = 'SR020', hint = 'Take 1 hour, 1 day, 7 days, 30 days, or null for never.';
  end if;
  if p_max_uses not in (1, 5, 20) then
    raise exception 'no such number of uses' using errcode = 'SR020', hint = 'Take 1, 5, 20, or null for any number.';
  end if;
  v_token := translate(rtrim(encode(extensions.gen_random_bytes(16), 'base64'), '='), '+/', '-_');
  insert into public.invites (chat_id, token_hash, created_by, expires_at, max_uses, needs_approval, history)
  values (p_chat, private.hash_token(v_token), v_user, now() + make_interval(secs => v_seconds::double precision), p_max_uses, p_needs_approval, p_history)
  returning * into v_invite;
  perform private.audit(p_chat, 'invite_created', null, jsonb_build_object(
    'expires_at', v_invite.expires_at, 'max_uses', p_max_uses, 'needs_approval', p_needs_approval, 'history', p_history));
  return jsonb_build_object('id', v_invite.id, 'token', v_token, 'expires_at', v_invite.expires_at, 'max_uses', v_invite.max_uses,
    'needs_approval', v_invite.needs_approval, 'history', v_invite.history);
end
$$;

comment on function public.create_invite(uuid, interval, integer, boolean, public.invite_history) is 'Any member makes an invite: {id, token, expires_at, max_uses, needs_approval, history}. Expires in 1 hour, 1 day, 7 days, 30 days, or never (null); for 1, 5, 20 or any number of people (null). Raises SR002, SR007 (not a group) or SR020 (other values).';
