-- Care at once: when somebody under 18 joins while the AI speaks, its worker hears of it with its next words and looks through the answer
-- from then on. The answer is not begun anew: that would tell the others who joined. And whoever counts as under 18 anywhere on earth is in no made picture.

alter table public.reply_jobs add column claimed_at timestamptz;

comment on column public.reply_jobs.claimed_at is 'When the present attempt began: who joined later was not thought of.';

create function private.note_claim() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  -- The clock, for a joining that is committed later has a later time.
  new.claimed_at := clock_timestamp();
  return new;
end
$$;

comment on function private.note_claim() is 'Trigger: an attempt begins with its lease.';

create trigger reply_jobs_note_claim before update on public.reply_jobs
  for each row when (new.lease_token is not null and new.lease_token is distinct from old.lease_token)
  execute function private.note_claim();

create function private.has_grown_young(p_job uuid) returns boolean
language sql volatile security definer set search_path = '' as $$
  select exists (
    select 1 from public.reply_jobs j join public.members m on m.chat_id = j.chat_id and m.joined_at > j.claimed_at
    where j.id = p_job and private.is_minor(m.user_id))
$$;

comment on function private.has_grown_young(uuid) is 'Definer: whether somebody under 18 has joined since the attempt began. Volatile, to see who joined while a lock was awaited.';

create or replace function public.append_reply(p_job uuid, p_lease uuid, p_offset integer, p_text text) returns jsonb
language sql volatile security invoker set search_path = '' as $$
  select private.append_reply(p_job, p_lease, p_offset, p_text)
    || case when private.has_grown_young(p_job) then '{"restricted": true}' else '{}' end::jsonb
$$;

comment on function public.append_reply(uuid, uuid, integer, text) is 'Stores and broadcasts more words of a running reply, and renews the lease. {held, stop, restricted?}: whether the lease is still the caller''s, somebody pressed Stop, and, if so, that somebody under 18 has joined meanwhile.';

create or replace function private.reply_portraits(p_job uuid, p_lease uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('user_id', p.id, 'path', p.avatar_path) order by m.joined_at), '[]')
  from public.reply_jobs j
  join public.members asker on asker.chat_id = j.chat_id and asker.user_id = j.asker_id
  join public.members m on m.chat_id = j.chat_id
  join public.profiles p on p.id = m.user_id and p.avatar_path is not null
  join public.accounts a on a.user_id = m.user_id and a.picture_in_images
  where j.id = p_job and j.lease_token = p_lease and j.state = 'running' and j.decision is null and not private.is_minor(m.user_id)
$$;

create or replace function private.my_likeness() returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('allowed', a.picture_in_images, 'offered',
    not private.is_minor(a.user_id)
    and coalesce((select s.capabilities @> array['images', 'image_generation'] from private.ai_service s), false))
  from public.accounts a where a.user_id = (select auth.uid())
$$;

grant execute on function private.has_grown_young(uuid) to service_role;
