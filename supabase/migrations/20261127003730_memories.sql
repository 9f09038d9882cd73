-- Memories: what a person wants the AI to remember about them in chats of their own. They see, edit and delete them, and switch them off.
-- No group reads them: the service role has no right to the table, and the one function that gives them to a worker gives none unless
-- the job's chat is the asker's own solo chat.
--
--   SR087 no memories of groups        SR088 too many memories

create table public.memories (
  id uuid primary key,
  user_id uuid not null default auth.uid() references public.profiles (id) on delete cascade,
  body text not null
    constraint memories_body_shape check (body ~ '\S' and char_length(body) <= 500),
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp()
);

create index memories_by_user on public.memories (user_id, created_at);

comment on table public.memories is 'Owner-only: what the AI remembers of a person in solo chats, as that person wants it.';
comment on column public.memories.id is 'Made by the client, so that adding it again is the same row.';

alter table public.accounts add column memories_on boolean not null default true;

comment on column public.accounts.memories_on is 'Whether the AI reads this person''s memories in their solo chats.';

create function private.max_memories() returns integer
language sql immutable security invoker set search_path = '' as $$ select 100 $$;

comment on function private.max_memories() is 'How many memories one person keeps.';

create function private.count_memories() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  -- One after another, so that many at once do not exceed it together.
  perform 1 from public.accounts a where a.user_id = new.user_id for update;
  if (select count(*) from public.memories m where m.user_id = new.user_id and m.id <> new.id) >= private.max_memories() then
    raise exception 'too many memories' using errcode = 'SR088', hint = 'There are 100 memories already. Delete one that is out of date.';
  end if;
  return new;
end
$$;

comment on function private.count_memories() is 'Trigger: memories go along with every question, so there are only so many. Definer, for the account''s lock.';

create trigger memories_count before insert on public.memories
  for each row execute function private.count_memories();
create trigger memories_touch before update on public.memories
  for each row execute function private.touch_updated_at();

create function public.remember_message(p_id uuid, p_message uuid) returns void
language plpgsql volatile security invoker set search_path = '' as $$
declare
  v_body text;
begin
  select left(btrim(m.body), 500) into v_body
  from public.messages m join public.chats c on c.id = m.chat_id
  where m.id = p_message and c.kind = 'solo' and m.deleted_at is null and m.body ~ '\S';
  if v_body is null then
    raise exception 'no memories of groups' using errcode = 'SR087', hint = 'Only what was said in a chat of your own can be remembered.';
  end if;
  insert into public.memories (id, body) values (p_id, v_body) on conflict (id) do nothing;
end
$$;

comment on function public.remember_message(uuid, uuid) is 'Remembers what a message of one''s own solo chat says, its first 500 characters. Twice with the same id is once. Raises SR087 (not in a solo chat, or gone) or SR088 (too many).';

create function private.solo_memories(p_chat uuid, p_person uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(m.body order by m.created_at, m.id), '[]')
  from public.memories m
  join public.accounts a on a.user_id = m.user_id and a.memories_on
  join public.members b on b.chat_id = p_chat and b.user_id = m.user_id
  join public.chats c on c.id = b.chat_id and c.kind = 'solo'
  where m.user_id = p_person
$$;

comment on function private.solo_memories(uuid, uuid) is 'Definer: a person''s memories, if they have them on and the chat is their own solo chat; none otherwise.';

create function private.reply_care(p_job uuid, p_lease uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('restricted', private.is_restricted(j.chat_id), 'memories', private.solo_memories(j.chat_id, j.asker_id))
  from public.reply_jobs j
  where j.id = p_job and j.lease_token = p_lease and j.state = 'running' and not private.is_shut(j.chat_id, j.asker_id)
$$;

comment on function private.reply_care(uuid, uuid) is 'Definer: with what care the holder of the lease answers. Whether somebody in the chat is under 18, never who. Null when the lease is lost, or groups were turned off for whoever asked.';

create function public.reply_care(p_job uuid, p_lease uuid) returns jsonb
language sql stable security invoker set search_path = '' as $$ select private.reply_care(p_job, p_lease) $$;

comment on function public.reply_care(uuid, uuid) is 'For the function reply: {restricted, memories: [text]} or null.';

alter table public.memories enable row level security;

create policy "people read their own memories" on public.memories
  for select to authenticated using (user_id = (select auth.uid()));

create policy "people add memories of their own" on public.memories
  for insert to authenticated with check (user_id = (select auth.uid()));

create policy "people change their own memories" on public.memories
  for update to authenticated using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));

create policy "people delete their own memories" on public.memories
  for delete to authenticated using (user_id = (select auth.uid()));

revoke all on public.memories from anon, authenticated, service_role;
grant select, delete on public.memories to authenticated;
grant insert (id, body) on public.memories to authenticated;
grant update (body) on public.memories to authenticated;
grant update (memories_on) on public.accounts to authenticated;
grant execute on function public.remember_message(uuid, uuid) to authenticated;
grant execute on function public.reply_care(uuid, uuid), private.reply_care(uuid, uuid) to service_role;
