-- Account deletion, in two transactions. The first leaves all chats and takes out what the person chose; the second removes the person,
-- when they are in no chat any more. One transaction for both would hold the profile while it waits for chats, and a message being sent
-- holds its chat while it refers to the profile: each would wait for the other.
--
-- Other error codes: SR073 typed name does not match     SR074 this account is being deleted     SR075 no such choice

alter table public.accounts
  add column closing jsonb;

comment on column public.accounts.closing is 'Set once the person has deleted their account, and until it is gone: {messages, files}, what they chose.';

create function private.refuse_closing() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if exists (select 1 from public.accounts a where a.user_id = new.user_id and a.closing is not null) then
    raise exception 'account is being deleted' using errcode = 'SR074', hint = 'This account is being deleted.';
  end if;
  return new;
end
$$;

comment on function private.refuse_closing() is 'Trigger: nobody comes into a chat whose account is on its way out.';

create trigger members_refuse_closing before insert on public.members
  for each row execute function private.refuse_closing();

create function private.empty_account(p_user uuid, p_messages text, p_files text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_chats uuid[] := array(
    select m.chat_id from public.members m where m.user_id = p_user
    union select m.chat_id from public.messages m where m.author_id = p_user
    union select m.chat_id from private.reactions r join public.messages m on m.id = r.message_id where r.user_id = p_user
    union select r.chat_id from public.join_requests r where r.user_id = p_user
    order by 1);
  v_said uuid[];
  v_chat public.chats;
begin
  -- All chats, in the order of their ids, and nothing of the person after them.
  perform 1 from public.chats c where c.id = any (v_chats) order by c.id for no key update;

  -- Members read the outcome from the log at once, rather than hear of each message.
  perform set_config('sideroom.copying', 'on', true);
  v_said := array(
    select m.id from public.messages m join public.chats c on c.id = m.chat_id
    where m.author_id = p_user and c.kind = 'group' order by m.chat_id, m.seq);
  if p_messages = 'remove' then
    update public.messages
    set author_id = null, body = '', reactions = '[]', attachments = '[]', attachment_ids = '{}',
      deleted_at = coalesce(deleted_at, clock_timestamp())
    where id = any (v_said);
    delete from private.assistant_reactions r where r.message_id = any (v_said);
    delete from private.reactions r where r.message_id = any (v_said);
    delete from public.message_versions v where v.message_id = any (v_said);
    delete from public.attachments a where a.message_id = any (v_said);
  elsif p_files = 'remove' then
    update public.messages
    set author_id = null, attachments = '[]', attachment_ids = '{}',
      deleted_at = case when body ~ '\S' then deleted_at else coalesce(deleted_at, clock_timestamp()) end
    where id = any (v_said);
    delete from public.attachments a where a.message_id = any (v_said);
  else
    update public.messages set author_id = null where id = any (v_said);
    update public.attachments set owner_id = null where message_id = any (v_said);
  end if;
  delete from public.attachments a where a.owner_id = p_user and a.message_id is null;
  delete from private.reactions r where r.user_id = p_user;
  perform set_config('sideroom.copying', 'off', true);

  for v_chat in select * from public.chats c where c.id = any (v_chats) order by c.id loop
    perform private.publish(v_chat.id, 'hint', jsonb_build_object('chat_id', v_chat.id, 'seq', v_chat.last_seq));
    delete from public.join_requests r where r.chat_id = v_chat.id and r.user_id = p_user;
    if found then
      perform private.log_change(v_chat.id, private.next_seq(v_chat.id), 'request', p_user);
    end if;
    if v_chat.kind = 'solo' and private.is_member(v_chat.id, p_user) then
      perform private.end_chat(v_chat.id);
    else
      delete from public.members m where m.chat_id = v_chat.id and m.user_id = p_user;
    end if;
  end loop;
end
$$;

comment on function private.empty_account(uuid, text, text) is 'Takes a person out of all chats. Their messages in groups become tombstones (remove) or those of a former member (keep), their files likewise; solo chats end; the longest-standing member looks after groups of theirs.';

create function private.delete_account(p_typed text, p_messages text, p_files text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_me uuid := private.require_user();
  v_name text := coalesce(
    (select p.username from public.profiles p where p.id = v_me), (select u.email from auth.users u where u.id = v_me));
begin
  if lower(btrim(coalesce(p_typed, ''))) <> lower(v_name) then
    raise exception 'typed name does not match' using errcode = 'SR073', hint = 'Type your username as it is.';
  end if;
  if p_messages not in ('remove', 'keep') or p_files not in ('remove', 'keep') or p_messages is null or p_files is null then
    raise exception 'no such choice' using errcode = 'SR075', hint = 'Messages and files are removed or kept.';
  end if;
  perform private.empty_account(v_me, p_messages, p_files);
  update public.accounts set closing = jsonb_build_object('messages', p_messages, 'files', p_files) where user_id = v_me;
  delete from auth.sessions s where s.user_id = v_me;
end
$$;

comment on function private.delete_account(text, text, text) is 'Definer: the first half. Typing the username shows that this very account is meant.';

create function public.delete_account(p_typed text, p_messages text, p_files text) returns void
language sql volatile security invoker set search_path = '' as $$ select private.delete_account(p_typed, p_messages, p_files) $$;

comment on function public.delete_account(text, text, text) is 'Deletes the caller''s account: p_messages and p_files are remove or keep, p_typed is their username. Nothing of it can be undone; finish_account follows, or the purge does it. Raises SR073 or SR075.';

create function private.finish_account(p_user uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_closing jsonb;
begin
  select a.closing into v_closing from public.accounts a where a.user_id = p_user;
  if v_closing is null then
    return not exists (select 1 from public.accounts a where a.user_id = p_user);
  end if;
  -- Something that was under way at that moment came in after all: it goes first, in a transaction of its own.
  if exists (select 1 from public.members m where m.user_id = p_user)
    or exists (select 1 from public.messages m join public.chats c on c.id = m.chat_id where m.author_id = p_user and c.kind = 'group')
    or exists (select 1 from private.reactions r where r.user_id = p_user)
    or exists (select 1 from public.join_requests r where r.user_id = p_user) then
    perform private.empty_account(p_user, v_closing ->> 'messages', v_closing ->> 'files');
    return false;
  end if;
  perform 1 from public.accounts a where a.user_id = p_user for update;
  -- A worker holds its job while it counts the answer against its asker.
  perform 1 from public.reply_jobs j
  where j.asker_id = p_user or j.stop_requested_by = p_user
    or j.chat_id in (select c.id from public.chats c where c.creator_id = p_user and c.kind = 'solo')
  order by j.id for update;
  delete from public.chats c
  where c.creator_id = p_user and c.kind = 'solo' and not exists (select 1 from private.legal_holds h where h.chat_id = c.id);
  delete from auth.users u where u.id = p_user;
  return true;
end
$$;

comment on function private.finish_account(uuid) is 'Definer: the second half, for an account that is closing. False: call again.';

create function private.finish_my_account() returns boolean
language sql volatile security definer set search_path = '' as $$ select private.finish_account(private.require_user()) $$;

comment on function private.finish_my_account() is 'Definer: only one that its person deleted before.';

create function public.finish_account() returns boolean
language sql volatile security invoker set search_path = '' as $$ select private.finish_my_account() $$;

comment on function public.finish_account() is 'After delete_account: removes profile, account and sign-in. False: call again, or leave it to the purge. Does nothing to an account that was not deleted.';

create function private.finish_accounts() returns integer
language plpgsql security definer set search_path = '' as $$
declare
  v_user uuid;
  v_count integer := 0;
begin
  for v_user in select a.user_id from public.accounts a where a.closing is not null order by a.user_id limit 20 loop
    v_count := v_count + private.finish_account(v_user)::integer;
  end loop;
  return v_count;
end
$$;

comment on function private.finish_accounts() is 'Definer, for the purge: accounts whose second half was never called.';

create or replace function public.purge_rows() returns integer
language plpgsql volatile security invoker set search_path = '' as $$
begin
  perform private.forget_use();
  return private.finish_accounts() + private.purge_rows();
end
$$;

comment on function public.purge_rows() is 'For the function purge: removes what is over; returns how many rows.';

create function private.pictures_to_purge(p_limit integer) returns setof text
language sql stable security definer set search_path = '' as $$
  select o.name from storage.objects o
  where o.bucket_id = 'avatars' and o.created_at < now() - interval '1 hour'
    and not exists (select 1 from public.profiles p where p.id::text = split_part(o.name, '/', 1))
  limit p_limit
$$;

comment on function private.pictures_to_purge(integer) is 'Definer: names of profile pictures whose person is gone.';

create function public.pictures_to_purge(p_limit integer) returns setof text
language sql stable security invoker set search_path = '' as $$ select private.pictures_to_purge(p_limit) $$;

comment on function public.pictures_to_purge(integer) is 'For the function purge: names of objects of the bucket avatars to be removed.';

grant execute on function
  public.delete_account(text, text, text), private.delete_account(text, text, text), public.finish_account(), private.finish_my_account()
to authenticated;
grant execute on function
  private.finish_accounts(), public.pictures_to_purge(integer), private.pictures_to_purge(integer)
to service_role;
