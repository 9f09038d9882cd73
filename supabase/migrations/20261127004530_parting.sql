-- Parting: a block that comes between two people, and a newcomer whom somebody in the group blocked. What is on the screens and on the
-- topics from before ends with it.

create function private.tell_gone(p_chats uuid[], p_user uuid, p_to uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.tell(p_to, 'presence', jsonb_build_object('chat_id', p.chat_id, 'user_id', p_user, 'here', false, 'typing', false))
  from private.presence p
  where p.chat_id = any (p_chats) and p.user_id = p_user and private.is_member(p.chat_id, p_to) and not private.is_shut(p.chat_id, p_to);
  perform private.tell(p_to, 'page_presence', jsonb_build_object('chat_id', p.chat_id, 'user_id', p_user, 'visit', o.visit, 'here', false))
  from private.page_presence p join private.page_presence o on o.chat_id = p.chat_id and o.page = p.page and o.user_id = p_to
  where p.chat_id = any (p_chats) and p.user_id = p_user and not private.is_shut(p.chat_id, p_to);
end
$$;

comment on function private.tell_gone(uuid[], uuid, uuid) is 'Tells one person that another has gone from these chats, as if they looked away. Definer, as tell; under the chats'' locks.';

create or replace function private.set_block(p_user uuid, p_on boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_me uuid := private.require_user();
  v_chats uuid[];
begin
  if p_on and not coalesce(p_user <> v_me and p_user in (select private.known_profile_ids()), false) then
    raise exception 'no such person' using errcode = 'SR007', hint = 'This person is not in one of your chats.';
  end if;
  v_chats := array(
    select b.chat_id from public.members b join public.chats c on c.id = b.chat_id and c.kind = 'group'
    where b.user_id = p_user and (
      private.is_member(c.id, v_me)
      or exists (select 1 from public.messages m where m.chat_id = c.id and m.author_id = v_me)
      or exists (select 1 from private.reactions r join public.messages m on m.id = r.message_id where r.user_id = v_me and m.chat_id = c.id)));
  -- In the order of their ids, as others lock them; whatever is being written there is committed before this, or sees it.
  perform 1 from public.chats c where c.id = any (v_chats) order by c.id for no key update;
  if p_on then
    insert into public.blocks (blocker_id, blocked_id) values (v_me, p_user) on conflict do nothing;
  else
    delete from public.blocks b where b.blocker_id = v_me and b.blocked_id = p_user;
  end if;
  if found then
    -- Each stirs all hubs of those chats.
    if (select count(distinct f.made_at) from private.fresh_starts f where f.caused_by = v_me and f.made_at > now() - interval '1 hour') >= 40 then
      raise exception 'too many blocks' using errcode = 'SR096', hint = 'You have blocked and unblocked a lot within this hour. Go on later.';
    end if;
    perform private.place_reactions(array(
      select distinct r.message_id from private.reactions r join public.messages m on m.id = r.message_id
      where r.user_id = v_me and m.chat_id = any (v_chats)));
    if p_on then
      perform private.tell_gone(v_chats, v_me, p_user);
      perform private.tell_gone(v_chats, p_user, v_me);
    end if;
    perform private.begin_afresh(chat, p_user, v_me) from unnest(v_chats) chat;
  end if;
  perform private.tell(v_me, 'blocks', '{}');
end
$$;

create function private.keep_apart() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_blockers uuid[] := array(
    select b.blocker_id from public.blocks b
    where b.blocked_id = new.user_id and (private.is_member(new.chat_id, b.blocker_id)
      or exists (select 1 from private.former_members f where f.chat_id = new.chat_id and f.user_id = b.blocker_id)));
begin
  if v_blockers = '{}' then
    return null;
  end if;
  perform private.place_reactions(array(
    select distinct r.message_id from private.reactions r join public.messages m on m.id = r.message_id
    where m.chat_id = new.chat_id and r.user_id = any (v_blockers)));
  -- Whoever comes without all of the history gets a fresh topic anyway.
  if new.history_from = 0 then
    update public.chats set epoch = epoch + 1 where id = new.chat_id;
    perform private.tell(m.user_id, 'membership', jsonb_build_object('chat_id', new.chat_id, 'member', true))
    from public.members m where m.chat_id = new.chat_id and m.user_id <> new.user_id;
  end if;
  return null;
end
$$;

comment on function private.keep_apart() is 'Trigger: what people said, did or gave who blocked a newcomer is not for them, on the topic neither. Definer, as all that changes chats.';

-- By its name it comes before members_joined, whose change and notice go to the new topic.
create trigger members_begin_apart after insert on public.members
  for each row execute function private.keep_apart();
