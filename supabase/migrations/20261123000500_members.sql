-- Members: who is in a chat. Rows are written only by the functions of this project; the membership test of every policy is here.

create type public.member_role as enum ('creator', 'member');
create type public.notification_level as enum ('all', 'mentions', 'none');

create table public.members (
  chat_id uuid not null references public.chats (id) on delete cascade,
  user_id uuid not null references public.profiles (id) on delete cascade,
  role public.member_role not null default 'member',
  notification_level public.notification_level not null default 'all',
  last_read_seq bigint not null default 0,
  joined_at timestamptz not null default clock_timestamp(),
  primary key (chat_id, user_id)
);

create index members_by_user on public.members (user_id, chat_id);
create unique index members_one_creator on public.members (chat_id) where role = 'creator';

comment on table public.members is 'Current members only; whoever goes moves to private.former_members.';
comment on column public.members.last_read_seq is 'Seq of the last message this member has read.';

create table private.former_members (
  id bigint generated always as identity primary key,
  chat_id uuid not null references public.chats (id) on delete cascade,
  user_id uuid not null references public.profiles (id) on delete cascade,
  joined_at timestamptz not null,
  left_at timestamptz not null default now()
);

create index former_members_by_chat on private.former_members (chat_id);
create index former_members_by_user on private.former_members (user_id);

comment on table private.former_members is 'Membership intervals that have ended; keeps authors'' names visible to those who stay.';

create function private.my_chat_ids() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select m.chat_id from public.members m where m.user_id = (select auth.uid())
$$;

comment on function private.my_chat_ids() is 'Chats the caller is in: the one membership test of all policies. Definer, so that it does not run into the policies of members.';

create function private.known_profile_ids() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select m.user_id from public.members m where m.chat_id in (select private.my_chat_ids())
  union
  select f.user_id from private.former_members f where f.chat_id in (select private.my_chat_ids())
$$;

comment on function private.known_profile_ids() is 'People who are or were in one of the caller''s chats. Definer, because former members are not readable.';

create function private.is_member(p_chat uuid, p_user uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.members m where m.chat_id = p_chat and m.user_id = p_user)
$$;

comment on function private.is_member(uuid, uuid) is 'Membership of anyone, for definer functions that have locked the chat.';

create function private.require_member(p_chat uuid) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_user uuid := private.require_user();
begin
  if not private.is_member(p_chat, v_user) then
    raise exception 'not a member' using errcode = 'SR002', hint = 'You are not in this chat.';
  end if;
  return v_user;
end
$$;

comment on function private.require_member(uuid) is 'The caller''s id; raises SR002 when they are not in the chat. Volatile, so that it sees what was committed while a lock was awaited.';

create function private.take_seat() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_chat public.chats;
  v_seats integer;
begin
  select * into v_chat from public.chats c where c.id = new.chat_id for no key update;
  if v_chat.closed_at is not null then
    raise exception 'chat is closed' using errcode = 'SR007';
  end if;
  v_seats := case v_chat.kind when 'solo' then 1 else private.max_members() end;
  if (select count(*) from public.members m where m.chat_id = new.chat_id) >= v_seats then
    raise exception 'group is full' using errcode = 'SR003', hint = 'A group has at most 20 members.';
  end if;
  return new;
end
$$;

comment on function private.take_seat() is 'Trigger: counts seats under the chat''s lock, so that a full group stays full however many join at once.';

create trigger members_take_seat before insert on public.members
  for each row execute function private.take_seat();

alter table public.members enable row level security;
alter table private.former_members enable row level security;

create policy "nobody reads former members" on private.former_members
  for select to authenticated using (false);

create policy "members see who is in their chats" on public.members
  for select to authenticated using (chat_id in (select private.my_chat_ids()));

create policy "members change their own settings" on public.members
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));

create policy "members read their chats" on public.chats
  for select to authenticated using (id in (select private.my_chat_ids()));

create policy "people see themselves and those they share a chat with" on public.profiles
  for select to authenticated using (id = (select auth.uid()) or id in (select private.known_profile_ids()));

revoke all on public.members, private.former_members from anon, authenticated, service_role;
grant select on public.members to authenticated, service_role;
grant update (notification_level) on public.members to authenticated;
grant execute on function private.my_chat_ids(), private.known_profile_ids() to authenticated;
