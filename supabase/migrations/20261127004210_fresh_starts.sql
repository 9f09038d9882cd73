-- Fresh starts: what somebody may read of a chat has changed for them alone, and what their browsers keep of it is let go of. A change of
-- the chat's log says so, also to a browser that was away; for everybody else it is one that means nothing.
--
-- Another error code: SR096 too many blocks.

create table private.fresh_starts (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id) on delete cascade,
  caused_by uuid not null references public.profiles (id) on delete cascade,
  made_at timestamptz not null default now()
);

create index fresh_starts_by_user on private.fresh_starts (user_id);
create index fresh_starts_by_cause on private.fresh_starts (caused_by, made_at);

comment on table private.fresh_starts is 'For whom a change of kind purge that names one of these is meant. The log, which all read, has nothing but the id.';
comment on column private.fresh_starts.made_at is 'The same for all that one transaction makes.';

create function private.is_my_fresh_start(p_id uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select 1 from private.fresh_starts f where f.id = p_id and f.user_id = (select auth.uid()))
$$;

comment on function private.is_my_fresh_start(uuid) is 'Whether a fresh start is the caller''s. Definer, because the table is closed.';

alter function public.catch_up(uuid, bigint, integer) rename to catch_up_unfiltered;
alter function public.catch_up_unfiltered(uuid, bigint, integer) set schema private;

create function public.catch_up(p_chat uuid, p_after bigint, p_limit integer default 200) returns setof jsonb
language sql stable security invoker set search_path = '' as $$
  select case
    when line ->> 'kind' <> 'purge' or line ->> 'entity_id' = line ->> 'chat_id' then line
    when private.is_my_fresh_start((line ->> 'entity_id')::uuid) then line
    else line || '{"kind": "nothing"}' end
  from private.catch_up_unfiltered(p_chat, p_after, p_limit) line
$$;

comment on function public.catch_up(uuid, bigint, integer) is 'Changes after a cursor, oldest first; empty when drained or when the caller is not a member. A fresh start of somebody else is of kind nothing.';

create function private.begin_afresh(p_chat uuid, p_user uuid, p_by uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_id uuid;
begin
  -- What was said on the old topic could be asked for again there.
  update public.chats set epoch = epoch + 1 where id = p_chat;
  insert into private.fresh_starts (user_id, caused_by) values (p_user, p_by) returning id into v_id;
  insert into public.changes (chat_id, seq, kind, entity_id) values (p_chat, private.next_seq(p_chat), 'purge', v_id);
  perform private.tell(m.user_id, 'membership', jsonb_build_object('chat_id', p_chat, 'member', true))
  from public.members m where m.chat_id = p_chat;
end
$$;

comment on function private.begin_afresh(uuid, uuid, uuid) is 'Lets one member''s browsers begin a chat anew. All are told of the new topic as when somebody is removed; the change itself is not broadcast.';

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
      private.is_member(c.id, v_me) or exists (select 1 from public.messages m where m.chat_id = c.id and m.author_id = v_me)));
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
    perform private.begin_afresh(chat, p_user, v_me) from unnest(v_chats) chat;
  end if;
  perform private.tell(v_me, 'blocks', '{}');
end
$$;

comment on function public.set_block(uuid, boolean) is 'Blocks somebody of the caller''s chats, or takes it back; doing so twice is once. Raises SR007 or SR096 (forty times within an hour).';
comment on function private.set_block(uuid, boolean) is 'Definer: blocks are written here alone. Only people whom the caller may see, so that no id can be tried. Whoever is blocked begins the groups in which the caller is, or wrote, afresh.';

alter table private.fresh_starts enable row level security;

create policy "nobody reads fresh starts" on private.fresh_starts for select to authenticated using (false);

revoke all on private.fresh_starts from anon, authenticated, service_role;
grant execute on function public.catch_up(uuid, bigint, integer), private.is_my_fresh_start(uuid) to authenticated;
