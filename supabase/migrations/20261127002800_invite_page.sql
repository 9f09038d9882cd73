-- Invite pages: an invite may carry a page, and a passage on it, to which whoever joins is taken.

alter table public.invites
  add column page_url text
    constraint invites_page_url_shape check (page_url ~ '^https?://[^\s]+$' and char_length(page_url) <= 2000),
  add column page_quote text
    constraint invites_page_quote_shape check (page_quote is null or page_url is not null and char_length(page_quote) between 1 and 1000);

comment on column public.invites.page_url is 'The page that opens for whoever joins; null: none.';
comment on column public.invites.page_quote is 'The passage on the page that they are shown, in its words; null: none.';

drop function public.create_invite(uuid, interval, integer, boolean, public.invite_history);
drop function private.create_invite(uuid, interval, integer, boolean, public.invite_history);

create function private.create_invite(
  p_chat uuid, p_expires_in interval, p_max_uses integer, p_needs_approval boolean, p_history public.invite_history,
  p_page_url text, p_page_quote text) returns jsonb
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
  insert into public.invites (chat_id, token_hash, created_by, expires_at, max_uses, needs_approval, history, page_url, page_quote)
  values (p_chat, private.hash_token(v_token), v_user, now() + make_interval(secs => v_seconds::double precision), p_max_uses,
    p_needs_approval, p_history, p_page_url, p_page_quote)
  returning * into v_invite;
  -- Which page it is stays between the link and whoever opens it.
  perform private.audit(p_chat, 'invite_created', null, jsonb_build_object(
    'expires_at', v_invite.expires_at, 'max_uses', p_max_uses, 'needs_approval', p_needs_approval, 'history', p_history));
  return jsonb_build_object('id', v_invite.id, 'token', v_token, 'expires_at', v_invite.expires_at, 'max_uses', v_invite.max_uses,
    'needs_approval', v_invite.needs_approval, 'history', v_invite.history);
end
$$;

comment on function private.create_invite(uuid, interval, integer, boolean, public.invite_history, text, text) is 'Definer: makes the token in the database, so that none is weak, and returns it this once.';

create function public.create_invite(
  p_chat uuid, p_expires_in interval default interval '1 day', p_max_uses integer default null,
  p_needs_approval boolean default false, p_history public.invite_history default 'all',
  p_page_url text default null, p_page_quote text default null) returns jsonb
language sql volatile security invoker set search_path = '' as $$
  select private.create_invite(p_chat, p_expires_in, p_max_uses, p_needs_approval, p_history, p_page_url, p_page_quote)
$$;

comment on function public.create_invite(uuid, interval, integer, boolean, public.invite_history, text, text) is 'Any member makes an invite: {id, token, expires_at, max_uses, needs_approval, history}. Expires in 1 hour, 1 day, 7 days, 30 days, or never (null); for 1, 5, 20 or any number of people (null); with a page (http or https) and a passage on it, or none. Raises SR002, SR007 (not a group), SR020 (other values) or the checks of invites.';

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
      'page', case when v_invite.page_url is not null then
        jsonb_build_object('url', v_invite.page_url, 'quote', v_invite.page_quote) end,
      'chat_id', case when v_member then c.id end)
    from public.chats c where c.id = v_invite.chat_id);
end
$$;

comment on function public.preview_invite(text, uuid) is '{title, member_count, max_members, inviter, needs_approval, waiting, page, chat_id}. Raises SR004.';

grant execute on function
  public.create_invite(uuid, interval, integer, boolean, public.invite_history, text, text),
  private.create_invite(uuid, interval, integer, boolean, public.invite_history, text, text)
to authenticated;
