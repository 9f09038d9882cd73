-- Hidden messages: what somebody writes is not there for whom they blocked, on no path: not in the table and what hangs on it, not in a
-- broadcast, and nothing of it counts. What the AI says stays, and so does the order that all share: a hidden message keeps its seq.

create function private.hidden_authors() returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
declare
  v_me uuid := (select auth.uid());
begin
  return array(select b.blocker_id from public.blocks b where b.blocked_id = v_me);
end
$$;

comment on function private.hidden_authors() is 'Whose messages the caller does not see, because they blocked the caller. Definer: nobody may read who blocked them. In plpgsql, which keeps its plan, for catching up asks it once for each change; a query over many messages asks it once.';

drop policy "members read their chats' messages" on public.messages;

-- The AI, notices and people who deleted their account have no author to be compared. Inside of the subquery, because beside it the
-- planner takes it for a condition that few messages meet, and sorts a whole chat for one page.
create policy "members read their chats' messages" on public.messages
  for select to authenticated
  using (exists (
    select from public.members m
    where m.chat_id = messages.chat_id and m.user_id = (select auth.uid()) and m.history_from <= messages.seq
      and (messages.author_id = any ((select private.hidden_authors())::uuid[])) is not true));

create or replace function private.is_for_all(p_message uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select not exists (
    select 1 from public.messages m join public.members b on b.chat_id = m.chat_id
    where m.id = p_message and (b.history_from > m.seq
      or exists (select 1 from public.blocks k where k.blocker_id = m.author_id and k.blocked_id = b.user_id)))
$$;

comment on function private.is_for_all(uuid) is 'Whether every member may see a message; one that is not written yet will be.';
comment on function private.log_change(uuid, bigint, public.change_kind, uuid) is 'Appends to the log and hints at it by broadcast, in the writer''s transaction. Of a message that not every member may see only the seq goes out: {chat_id, seq}.';

create function private.refuse_hidden() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if exists (
    select 1 from public.messages m join public.blocks b on b.blocker_id = m.author_id
    where m.id = new.message_id and b.blocked_id = new.user_id) then
    raise exception 'no such message' using errcode = 'SR007', hint = 'This message is not there any more.';
  end if;
  return new;
end
$$;

comment on function private.refuse_hidden() is 'Trigger: nobody reacts to a message that is hidden from them.';

create trigger reactions_refuse_hidden before insert on private.reactions
  for each row execute function private.refuse_hidden();

create or replace function private.is_mentioned_by_others(p_chat uuid, p_after bigint) returns boolean
language sql stable security definer set search_path = '' as $$
  select coalesce(bool_or(later.mentions_all or (select auth.uid()) = any (later.mentions)), false)
  from (
    select m.kind, m.author_id, m.mentions, m.mentions_all from public.messages m
    where m.chat_id = p_chat and m.seq > p_after and p_chat in (select private.my_chat_ids()) order by m.seq limit 500) later
  where later.kind <> 'system' and later.author_id is distinct from (select auth.uid())
    and not exists (
      select 1 from public.blocks b
      where (b.blocker_id, b.blocked_id) in (((select auth.uid()), later.author_id), (later.author_id, (select auth.uid()))))
$$;

comment on function private.is_mentioned_by_others(uuid, bigint) is 'Whether somebody addresses the caller among the next 500 messages of whom neither blocked the other. Definer, for my_chats.';
comment on table public.blocks is 'Who blocked whom. Only who blocked sees the row; who is blocked does not see what the other writes.';

grant execute on function private.hidden_authors() to authenticated;
