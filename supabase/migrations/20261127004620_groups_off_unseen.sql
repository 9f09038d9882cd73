-- Groups off, to the end: nothing of a group comes on a minor's own topic, no old link tells them of it, and a request to join that goes
-- looks to the group as one that was withdrawn.

create or replace function private.tell(p_user uuid, p_event text, p_payload jsonb) returns void
language sql volatile security definer set search_path = '' as $$
  select realtime.send(p_payload, p_event, 'user:' || p_user, true)
  -- That they are not in it they may hear.
  where p_payload ->> 'member' = 'false' or p_payload ->> 'chat_id' is null or not private.is_shut((p_payload ->> 'chat_id')::uuid, p_user)
$$;

comment on function private.tell(uuid, text, jsonb) is 'Broadcast to one person''s own topic; nothing of a group while a guardian has groups off for them.';

create or replace function private.preview_any_invite(p_token text, p_user uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_invite public.invites;
  v_member boolean;
  v_waiting boolean;
begin
  select * into v_invite from public.invites i where i.token_hash = private.hash_token(p_token);
  v_member := p_user is not null and private.is_member(v_invite.chat_id, p_user) and not private.is_shut(v_invite.chat_id, p_user);
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

create or replace function private.my_models(p_chat uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('may_pin', p.pins, 'pinned', case when p.pins then pin.model end,
    'models', coalesce(s.models, '{}'), 'capabilities', to_jsonb(coalesce(s.capabilities, '{}')))
  from public.members m
  join public.accounts a on a.user_id = m.user_id
  join private.plans p on p.id = a.plan
  left join private.model_pins pin on pin.chat_id = m.chat_id and pin.user_id = m.user_id
  left join private.ai_service s on s.is_only
  where m.chat_id = p_chat and m.user_id = (select auth.uid()) and p_chat in (select private.my_chat_ids())
$$;

create or replace function private.set_group_chats(p_minor uuid, p_on boolean) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid := private.require_user();
  v_was_off boolean := private.has_groups_off(p_minor);
  v_chat uuid;
begin
  if not exists (select 1 from private.guardianships g where g.minor_id = p_minor and g.guardian_id = v_me) or not private.is_minor(p_minor) then
    raise exception 'no such link' using errcode = 'SR085', hint = 'You do not look after this account any more.';
  end if;
  if not p_on then
    -- What they asked of the AI in groups ends unsaid. Jobs are locked before their chats.
    update public.reply_jobs j set stop_requested_by = p_minor
    from public.chats c
    where c.id = j.chat_id and c.kind = 'group' and j.asker_id = p_minor and j.state in ('queued', 'running');
    -- Chats before the link: whoever lets them in just now holds the chat, and looks at the link next.
    perform 1 from public.chats c
    where c.kind = 'group' and c.id in (
      select m.chat_id from public.members m where m.user_id = p_minor
      union all select r.chat_id from public.join_requests r where r.user_id = p_minor)
    order by c.id for no key update;
  end if;
  update private.guardianships set groups_off = not p_on where minor_id = p_minor and guardian_id = v_me;
  if not p_on and not v_was_off then
    delete from private.presence p using public.chats c where p.user_id = p_minor and c.id = p.chat_id and c.kind = 'group';
    -- As withdraw_request does.
    for v_chat in delete from public.join_requests r where r.user_id = p_minor returning r.chat_id loop
      perform private.log_change(v_chat, private.next_seq(v_chat), 'request', p_minor);
    end loop;
    -- All joinings that began before are committed and seen here; those to come are refused.
    for v_chat in
      select c.id from public.chats c
      where c.kind = 'group' and c.id in (select m.chat_id from public.members m where m.user_id = p_minor) order by c.id
    loop
      -- An open socket of the minor is on the old topic, on which nothing more is said.
      update public.chats set epoch = epoch + 1 where id = v_chat;
      perform private.tell(m.user_id, 'membership', jsonb_build_object('chat_id', v_chat, 'member', true))
      from public.members m where m.chat_id = v_chat and m.user_id <> p_minor;
    end loop;
  end if;
  perform private.tell(p_minor, 'membership', jsonb_build_object('chat_id', m.chat_id, 'member', not private.has_groups_off(p_minor)))
  from public.members m join public.chats c on c.id = m.chat_id where m.user_id = p_minor and c.kind = 'group';
  perform private.tell_guardianship(p_minor);
end
$$;
