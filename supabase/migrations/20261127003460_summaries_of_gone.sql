-- What a chat's retention removes is in no summary either.

create function private.forget_summaries_of_gone() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  delete from private.chat_summaries s
  where exists (select 1 from gone g where g.chat_id = s.chat_id and g.seq between s.from_seq and s.through_seq);
  return null;
end
$$;

comment on function private.forget_summaries_of_gone() is 'Trigger: messages are removed for good, and so no summary holds what they said.';

create trigger messages_forget_summaries_of_gone after delete on public.messages referencing old table as gone
  for each statement execute function private.forget_summaries_of_gone();
