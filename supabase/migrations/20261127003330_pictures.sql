-- Pictures that the AI makes count apart from its answers, against the person answered. One is taken before the model is asked, because
-- afterwards it is paid for, and given back when none was made. What nobody asked for holds no picture.

alter table private.plans
  add column pictures integer constraint plans_pictures_positive check (pictures > 0),
  add column pictures_period interval not null default '1 day' constraint plans_pictures_period_positive check (pictures_period > interval '0');

comment on column private.plans.pictures is 'Pictures that the AI makes for one person within a period of their own; null: any number.';

update private.plans set pictures = case id when 'free' then 5 when 'plus' then 50 end where id in ('free', 'plus');

create table private.picture_use (
  user_id uuid not null references public.profiles (id) on delete cascade,
  period_start timestamptz not null,
  used integer not null,
  primary key (user_id, period_start)
);

comment on table private.picture_use is 'How many pictures were made for a person within a period.';

alter table public.reply_jobs add column picture_charged timestamptz;

comment on column public.reply_jobs.picture_charged is 'Beginning of the period of the asker''s pictures that one was taken from; null: none.';

create function private.take_picture(p_job uuid, p_lease uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_job public.reply_jobs;
  v_plan private.plans;
  v_start timestamptz;
begin
  select * into v_job from public.reply_jobs j
  where j.id = p_job and j.lease_token = p_lease and j.state = 'running' for update;
  if v_job.id is null or v_job.decision is not null or v_job.asker_id is null then
    return jsonb_build_object('taken', false);
  end if;
  select p.* into v_plan from public.accounts a join private.plans p on p.id = a.plan where a.user_id = v_job.asker_id;
  -- The attempt before this one has taken it.
  if v_plan.pictures is null or v_job.picture_charged is not null then
    return jsonb_build_object('taken', true);
  end if;
  v_start := private.period_start(v_plan.pictures_period);
  insert into private.picture_use as u (user_id, period_start, used) values (v_job.asker_id, v_start, 1)
  on conflict (user_id, period_start) do update set used = u.used + 1 where u.used < v_plan.pictures;
  if not found then
    return jsonb_build_object('taken', false, 'resets_at', v_start + v_plan.pictures_period);
  end if;
  update public.reply_jobs set picture_charged = v_start where id = p_job;
  delete from private.picture_use u where u.user_id = v_job.asker_id and u.period_start < now() - interval '40 days';
  return jsonb_build_object('taken', true);
end
$$;

comment on function private.take_picture(uuid, uuid) is 'Definer: takes a picture from the asker''s plan, once for a job. Atomic: of many at once no more than the plan allows are taken.';

create function public.take_picture(p_job uuid, p_lease uuid) returns jsonb
language sql volatile security invoker set search_path = '' as $$ select private.take_picture(p_job, p_lease) $$;

comment on function public.take_picture(uuid, uuid) is 'For the function reply: {taken, resets_at}: whether an answer may hold a picture. Not taken and no time: none ever, because nobody asked, or the lease is lost.';

create function private.give_back_picture() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if new.picture_id is null then
    update private.picture_use u set used = greatest(0, u.used - 1)
    where u.user_id = new.asker_id and u.period_start = new.picture_charged;
    new.picture_charged := null;
  end if;
  return new;
end
$$;

comment on function private.give_back_picture() is 'Trigger: an answer that ends without a picture costs none.';

create trigger reply_jobs_give_back_picture before update of state on public.reply_jobs
  for each row when (new.finished_at is not null and old.finished_at is null and new.picture_charged is not null)
  execute function private.give_back_picture();

create or replace function private.my_quota() returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('plan', p.id,
    'replies', p.replies, 'used', coalesce(q.used, 0), 'resets_at', private.period_start(p.period) + p.period,
    'pictures', p.pictures, 'pictures_used', coalesce(u.used, 0),
    'pictures_reset_at', private.period_start(p.pictures_period) + p.pictures_period)
  from public.accounts a
  join private.plans p on p.id = a.plan
  left join private.quota_use q on q.user_id = a.user_id and q.period_start = private.period_start(p.period)
  left join private.picture_use u on u.user_id = a.user_id and u.period_start = private.period_start(p.pictures_period)
  where a.user_id = (select auth.uid())
$$;

comment on function public.my_quota() is 'What the AI does for the caller: {plan, replies (null: any number), used, resets_at, pictures (null: any number), pictures_used, pictures_reset_at}.';

alter table private.picture_use enable row level security;

create policy "nobody reads what pictures were made" on private.picture_use for select to authenticated using (false);

revoke all on private.picture_use from anon, authenticated, service_role;
grant execute on function public.take_picture(uuid, uuid), private.take_picture(uuid, uuid) to service_role;
