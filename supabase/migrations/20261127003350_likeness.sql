-- Likeness: whether the AI may look at a person's profile picture to make pictures of them. Only they say so, nobody under 18 can, and
-- it is looked at only for an answer that somebody asked for.

alter table public.accounts add column picture_in_images boolean not null default false;

comment on column public.accounts.picture_in_images is 'Whether the AI may be shown this person''s profile picture when a member of a chat of theirs asks for a picture of them.';

create function private.reply_portraits(p_job uuid, p_lease uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('user_id', p.id, 'path', p.avatar_path) order by m.joined_at), '[]')
  from public.reply_jobs j
  join public.members asker on asker.chat_id = j.chat_id and asker.user_id = j.asker_id
  join public.members m on m.chat_id = j.chat_id
  join public.profiles p on p.id = m.user_id and p.avatar_path is not null
  -- Who has not said how old they are may be under 18.
  join public.accounts a on a.user_id = m.user_id and a.picture_in_images and a.birth_date <= current_date - interval '18 years'
  where j.id = p_job and j.lease_token = p_lease and j.state = 'running' and j.decision is null
$$;

comment on function private.reply_portraits(uuid, uuid) is 'Definer: profile pictures that an answer may use, for the holder of the lease alone: of present members who allow it.';

create function public.reply_portraits(p_job uuid, p_lease uuid) returns jsonb
language sql stable security invoker set search_path = '' as $$ select private.reply_portraits(p_job, p_lease) $$;

comment on function public.reply_portraits(uuid, uuid) is 'For the function reply: [{user_id, path}], objects of the bucket avatars; none for what nobody asked for.';

create function private.my_likeness() returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('allowed', a.picture_in_images, 'offered',
    coalesce(a.birth_date <= current_date - interval '18 years', false)
    and coalesce((select s.capabilities @> array['images', 'image_generation'] from private.ai_service s), false))
  from public.accounts a where a.user_id = (select auth.uid())
$$;

comment on function private.my_likeness() is 'Definer: the caller''s word, and whether it could make any difference.';

create function public.my_likeness() returns jsonb
language sql stable security invoker set search_path = '' as $$ select private.my_likeness() $$;

comment on function public.my_likeness() is 'Whether the AI may look at the caller''s profile picture: {allowed, offered (they are grown up, and the AI''s service makes pictures)}.';

grant execute on function public.my_likeness(), private.my_likeness() to authenticated;
grant update (picture_in_images) on public.accounts to authenticated;
grant execute on function public.reply_portraits(uuid, uuid), private.reply_portraits(uuid, uuid) to service_role;
