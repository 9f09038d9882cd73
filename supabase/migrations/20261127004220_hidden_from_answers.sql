-- What the AI reads for somebody leaves out what is hidden from them, with its files and pages. What it read is kept under another name;
-- these stand before it. Notes about older messages tell of everybody in a few words, so where there is something to hide there are none.

create function private.hidden_from(p_user uuid) returns uuid[]
language sql stable security definer set search_path = '' as $$
  select array(select b.blocker_id from public.blocks b where b.blocked_id = p_user)
$$;

comment on function private.hidden_from(uuid) is 'Whose messages somebody does not see. Definer, because blocks are the blocker''s to see.';

create function private.heard_by_asker(p_job uuid, p_messages uuid[]) returns uuid[]
language sql stable security definer set search_path = '' as $$
  select array(
    select m.id from public.reply_jobs j join public.messages m on m.id = any (p_messages)
    where j.id = p_job and (m.author_id = any (private.hidden_from(j.asker_id))) is not true)
$$;

comment on function private.heard_by_asker(uuid, uuid[]) is 'Those of some messages that are not hidden from the person a job is for. Definer, for the function reply.';

alter function private.reply_context(uuid, uuid, integer) rename to reply_context_unfiltered;
alter function private.reply_files(uuid, uuid, uuid[]) rename to reply_files_unfiltered;
alter function private.reply_shares(uuid, uuid, uuid[]) rename to reply_shares_unfiltered;
alter function private.reply_summary(uuid, uuid, uuid, integer) rename to reply_summary_unfiltered;
revoke execute on function
  private.reply_context_unfiltered(uuid, uuid, integer), private.reply_files_unfiltered(uuid, uuid, uuid[]),
  private.reply_shares_unfiltered(uuid, uuid, uuid[]), private.reply_summary_unfiltered(uuid, uuid, uuid, integer)
from service_role;

create function private.reply_context(p_job uuid, p_lease uuid, p_limit integer) returns jsonb
language sql stable security definer set search_path = '' as $$
  select case when hidden.authors = '{}' then whole.context else whole.context || jsonb_build_object('messages', (
    select coalesce(jsonb_agg(m.value order by m.place), '[]')
    from jsonb_array_elements(whole.context -> 'messages') with ordinality m (value, place)
    where ((m.value ->> 'author_id')::uuid = any (hidden.authors)) is not true)) end
  from private.reply_context_unfiltered(p_job, p_lease, p_limit) whole (context)
  cross join lateral private.hidden_from((whole.context -> 'asker' ->> 'id')::uuid) hidden (authors)
$$;

comment on function private.reply_context(uuid, uuid, integer) is 'Definer: what goes to the model, for the holder of the lease alone: the latest messages that the asker may see, and the question however old it is. Null when the lease is lost or the person asked for has gone.';

create function private.reply_files(p_job uuid, p_lease uuid, p_messages uuid[]) returns jsonb
language sql stable security definer set search_path = '' as $$
  select private.reply_files_unfiltered(p_job, p_lease, private.heard_by_asker(p_job, p_messages))
$$;

comment on function private.reply_files(uuid, uuid, uuid[]) is 'Definer: files of messages that the person answered may read, for the holder of the lease alone.';

create function private.reply_shares(p_job uuid, p_lease uuid, p_messages uuid[]) returns jsonb
language sql stable security definer set search_path = '' as $$
  select private.reply_shares_unfiltered(p_job, p_lease, private.heard_by_asker(p_job, p_messages))
$$;

comment on function private.reply_shares(uuid, uuid, uuid[]) is 'Definer: page shares of messages that the person answered may read, for the holder of the lease alone.';

create function private.reply_summary(p_job uuid, p_lease uuid, p_before uuid, p_limit integer) returns jsonb
language sql stable security definer set search_path = '' as $$
  select case when exists (
      select 1 from public.reply_jobs j join public.messages m on m.chat_id = j.chat_id
      where j.id = p_job and m.author_id = any (private.hidden_from(j.asker_id)))
    then material.parts || '{"summary": null, "through": null, "made_at": null, "messages": []}' else material.parts end
  from private.reply_summary_unfiltered(p_job, p_lease, p_before, p_limit) material (parts)
$$;

comment on function private.reply_summary(uuid, uuid, uuid, integer) is 'Definer: what the person answered may know of the messages before p_before, for the holder of the lease alone; nothing where some are hidden from them. Null when the lease is lost or the person has gone.';

grant execute on function
  private.reply_context(uuid, uuid, integer), private.reply_files(uuid, uuid, uuid[]), private.reply_shares(uuid, uuid, uuid[]),
  private.reply_summary(uuid, uuid, uuid, integer)
to service_role;
