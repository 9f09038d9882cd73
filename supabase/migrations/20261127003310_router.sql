-- Router: which model answers a person, and how hard it thinks. Models go by the name of a slot; which model fills a slot is a
-- setting of the function reply, and whoever runs the server changes the table with a statement, without a deploy.

alter table private.plans add column pins boolean not null default false;

comment on column private.plans.pins is 'Whether its people choose a model for a chat themselves.';

update private.plans set pins = true where id in ('plus', 'pro');

create table private.model_routes (
  place smallint primary key constraint model_routes_place_range check (place between 1 and 1000),
  plan text references private.plans (id) on update cascade on delete cascade,
  difficulty text constraint model_routes_difficulty_known check (difficulty in ('easy', 'normal', 'hard')),
  min_tokens integer constraint model_routes_tokens_positive check (min_tokens > 0),
  has_images boolean,
  has_files boolean,
  model text not null constraint model_routes_model_known check (model in ('small', 'standard', 'large')),
  effort text constraint model_routes_effort_known check (effort in ('none', 'minimal', 'low', 'medium', 'high')),
  constraint model_routes_last_takes_all check (
    place < 1000 or (plan is null and difficulty is null and min_tokens is null and has_images is null and has_files is null))
);

create index model_routes_by_plan on private.model_routes (plan);

comment on table private.model_routes is 'Which model answers: the first row in the order of places whose conditions all hold. A condition that is null always holds.';
comment on column private.model_routes.place is 'The last, 1000, has no conditions and stays.';
comment on column private.model_routes.plan is 'Plan of the person answered; nobody''s for an answer that nobody asked for.';
comment on column private.model_routes.difficulty is 'As the gate judged it, else by how the question looks.';
comment on column private.model_routes.min_tokens is 'How much goes to the model at least, by estimate.';
comment on column private.model_routes.model is 'A slot: small, standard or large. One that is not set up is filled by the standard model.';
comment on column private.model_routes.effort is 'How hard the model thinks, where its service can be told; null: as it likes.';

insert into private.model_routes (place, plan, difficulty, min_tokens, has_images, has_files, model, effort) values
  (100, 'pro', 'hard', null, null, null, 'large', 'medium'),
  (200, 'plus', 'hard', null, null, null, 'large', 'low'),
  (300, null, 'hard', null, null, null, 'standard', 'medium'),
  (400, null, null, null, true, null, 'standard', 'low'),
  (500, null, null, null, null, true, 'standard', 'low'),
  (600, null, 'easy', 6000, null, null, 'standard', 'low'),
  (700, null, 'easy', null, null, null, 'small', 'none'),
  (1000, null, null, null, null, null, 'standard', 'low');

create function private.keep_last_route() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'TRUNCATE' or (old.place = 1000 and (tg_op = 'DELETE' or new.place <> 1000)) then
    raise exception 'the last route stays' using errcode = 'SR050', hint = 'The last route answers what no other one does. Change its model instead.';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end
$$;

comment on function private.keep_last_route() is 'Trigger: every question finds a model.';

create trigger model_routes_keep_last before update of place or delete on private.model_routes
  for each row execute function private.keep_last_route();
create trigger model_routes_keep_all before truncate on private.model_routes
  for each statement execute function private.keep_last_route();

create table private.ai_service (
  is_only boolean primary key default true constraint ai_service_one_row check (is_only),
  models jsonb not null default '{}',
  capabilities text[] not null default '{}',
  announced_at timestamptz not null default now()
);

comment on table private.ai_service is 'What the function reply last said of the AI''s service, so that nothing is offered that is not there. At most one row.';
comment on column private.ai_service.models is 'Names of models by their slots: {standard, small, large}.';

create function private.announce_service(p_service text) returns void
language sql volatile security definer set search_path = '' as $$
  insert into private.ai_service as s (models, capabilities)
  select v.service -> 'models', array(select jsonb_array_elements_text(v.service -> 'capabilities'))
  from (select p_service::jsonb as service) v
  on conflict (is_only) do update
    set models = excluded.models, capabilities = excluded.capabilities, announced_at = excluded.announced_at
    where (s.models, s.capabilities) is distinct from (excluded.models, excluded.capabilities)
$$;

comment on function private.announce_service(text) is 'Definer: keeps what the AI''s service has.';

create function public.announce_service(p_service text) returns void
language sql volatile security invoker set search_path = '' as $$ select private.announce_service(p_service) $$;

comment on function public.announce_service(text) is 'For the function reply: JSON {models: {standard, small, large}, capabilities: […]}.';

create table private.model_pins (
  chat_id uuid not null,
  user_id uuid not null,
  model text not null constraint model_pins_model_known check (model in ('small', 'standard', 'large')),
  primary key (chat_id, user_id),
  foreign key (chat_id, user_id) references public.members (chat_id, user_id) on delete cascade
);

comment on table private.model_pins is 'Models that people chose for what they ask in a chat.';

create function private.pin_model(p_chat uuid, p_model text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_me uuid;
begin
  perform 1 from public.chats c where c.id = p_chat for share;
  v_me := private.require_member(p_chat);
  if p_model is null then
    delete from private.model_pins p where p.chat_id = p_chat and p.user_id = v_me;
    return;
  end if;
  if not exists (select 1 from public.accounts a join private.plans p on p.id = a.plan where a.user_id = v_me and p.pins) then
    raise exception 'the plan chooses' using errcode = 'SR051', hint = 'Your plan leaves the choice of the model to Sideroom.';
  end if;
  if not exists (select 1 from private.ai_service s where s.models ? p_model) then
    raise exception 'no such model' using errcode = 'SR052', hint = 'This model is not there any more. Choose another one.';
  end if;
  insert into private.model_pins (chat_id, user_id, model) values (p_chat, v_me, p_model)
  on conflict (chat_id, user_id) do update set model = excluded.model;
end
$$;

comment on function private.pin_model(uuid, text) is 'Definer: the caller''s choice of a model in a chat, if their plan has one.';

create function public.pin_model(p_chat uuid, p_model text default null) returns void
language sql volatile security invoker set search_path = '' as $$ select private.pin_model(p_chat, p_model) $$;

comment on function public.pin_model(uuid, text) is 'A member chooses the model that answers them in a chat; null: Sideroom does. Raises SR002, SR051 (not in their plan) and SR052 (no such model).';

create function private.my_models(p_chat uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('may_pin', p.pins, 'pinned', case when p.pins then pin.model end,
    'models', coalesce(s.models, '{}'), 'capabilities', to_jsonb(coalesce(s.capabilities, '{}')))
  from public.members m
  join public.accounts a on a.user_id = m.user_id
  join private.plans p on p.id = a.plan
  left join private.model_pins pin on pin.chat_id = m.chat_id and pin.user_id = m.user_id
  left join private.ai_service s on s.is_only
  where m.chat_id = p_chat and m.user_id = (select auth.uid())
$$;

comment on function private.my_models(uuid) is 'Definer: what the caller may choose from in a chat of theirs; null for any other chat.';

create function public.my_models(p_chat uuid) returns jsonb
language sql stable security invoker set search_path = '' as $$ select private.my_models(p_chat) $$;

comment on function public.my_models(uuid) is 'What answers the caller in a chat: {may_pin, pinned, models: {slot: name}, capabilities}; null when they are not in it.';

create function private.route_reply(p_job uuid, p_lease uuid, p_facts text) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_strip_nulls(jsonb_build_object('model', coalesce(pin.model, r.model), 'effort', r.effort, 'pinned', pin.model is not null,
    'place', r.place, 'difficulty', q.difficulty, 'because', jsonb_build_object('plan', r.plan, 'difficulty', r.difficulty,
      'tokens', r.min_tokens, 'images', r.has_images, 'files', r.has_files)))
  from public.reply_jobs j
  cross join lateral (select p_facts::jsonb as facts) f
  cross join lateral (select coalesce(j.decision ->> 'difficulty', f.facts ->> 'difficulty') as difficulty) q
  -- What nobody asked for is on nobody's plan.
  left join public.accounts a on a.user_id = j.asker_id and j.decision is null
  left join private.plans p on p.id = a.plan
  left join private.model_pins pin on pin.chat_id = j.chat_id and pin.user_id = a.user_id and p.pins
  cross join lateral (
    select m.* from private.model_routes m
    where (m.plan is null or m.plan = p.id)
      and (m.difficulty is null or m.difficulty = q.difficulty)
      and (m.min_tokens is null or m.min_tokens <= (f.facts ->> 'tokens')::integer)
      and (m.has_images is null or m.has_images = (f.facts ->> 'images')::boolean)
      and (m.has_files is null or m.has_files = (f.facts ->> 'files')::boolean)
    order by m.place limit 1) r
  where j.id = p_job and j.lease_token = p_lease and j.state = 'running'
$$;

comment on function private.route_reply(uuid, uuid, text) is 'Definer: the model of an answer, for the holder of the lease alone.';

create function public.route_reply(p_job uuid, p_lease uuid, p_facts text) returns jsonb
language sql stable security invoker set search_path = '' as $$ select private.route_reply(p_job, p_lease, p_facts) $$;

comment on function public.route_reply(uuid, uuid, text) is 'For the function reply: p_facts is JSON {difficulty, tokens, images, files}; gives {model (a slot), effort, pinned, place, difficulty, because}, or null when the lease was lost.';

alter table private.model_routes enable row level security;
alter table private.ai_service enable row level security;
alter table private.model_pins enable row level security;

create policy "nobody reads routes" on private.model_routes for select to authenticated using (false);
create policy "nobody reads of the service" on private.ai_service for select to authenticated using (false);
create policy "nobody reads pins" on private.model_pins for select to authenticated using (false);

revoke all on private.model_routes, private.ai_service, private.model_pins from anon, authenticated, service_role;
grant execute on function
  public.announce_service(text), private.announce_service(text),
  public.route_reply(uuid, uuid, text), private.route_reply(uuid, uuid, text)
to service_role;
grant execute on function
  public.pin_model(uuid, text), private.pin_model(uuid, text),
  public.my_models(uuid), private.my_models(uuid)
to authenticated;
