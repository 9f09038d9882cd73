-- Costs of speech: what is dictated is counted and paid for like answers, and stands under the same ceiling of a day. Money is set aside
-- before a recording goes to the service, and counted as spent from then on: whoever crashes in between has spent it.

alter table private.model_prices
  add column minute_micros bigint constraint model_prices_minute_positive check (minute_micros >= 0);

comment on column private.model_prices.model is 'Name of a model, or of a slot (small, standard, large, gate, speech); the name counts first.';
comment on column private.model_prices.minute_micros is 'A minute of a recording, where a service counts by time; null: unknown.';

alter table private.model_use
  add column seconds numeric,
  drop constraint model_use_purpose_known,
  add constraint model_use_purpose_known check (purpose in ('gate', 'answer', 'summary', 'speech'));

comment on column private.model_use.purpose is 'gate: whether to say anything. answer. summary: notes about older messages, for an answer. speech: a recording, which belongs to no job.';
comment on column private.model_use.seconds is 'Of a recording, where its service counts by time.';

create table private.set_asides (
  id uuid primary key,
  day date not null,
  micros bigint not null
);

comment on table private.set_asides is 'What of a day''s money is set aside for recordings that are being written down; it stands in daily_spend already.';

create function private.begin_speech(p_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_reserve bigint := private.set_aside();
begin
  delete from private.set_asides a where a.day < private.today() - 1;
  if v_reserve is null then
    return jsonb_build_object('begun', false);
  end if;
  if v_reserve > 0 then
    insert into private.set_asides (id, day, micros) values (p_id, private.today(), v_reserve);
    insert into private.daily_spend as d (day, micros) values (private.today(), v_reserve)
    on conflict (day) do update set micros = d.micros + excluded.micros;
  end if;
  return jsonb_build_object('begun', true);
end
$$;

comment on function private.begin_speech(uuid) is 'Definer: sets money of the day aside for a recording. Not begun: it is used up.';

create function private.cost_of_speech(p_use jsonb) returns bigint
language sql stable security definer set search_path = '' as $$
  select case when p_use ->> 'seconds' is null then private.cost_of(p_use || '{"pictures": 0, "searches": 0}')
    else (
      select ceil((p_use ->> 'seconds')::numeric * p.minute_micros / 60)::bigint
      from private.model_prices p
      where p.model in (p_use ->> 'model', p_use ->> 'slot')
      order by array_position(array[p_use ->> 'model', p_use ->> 'slot'], p.model) limit 1) end
$$;

comment on function private.cost_of_speech(jsonb) is 'Definer: what a recording cost, by its time or by tokens, as its service counts; null when a price or a count is missing.';

create function private.end_speech(p_id uuid, p_use text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_use jsonb := p_use::jsonb || '{"slot": "speech"}';
  v_cost bigint := private.cost_of_speech(v_use);
  v_aside private.set_asides;
begin
  delete from private.set_asides a where a.id = p_id returning * into v_aside;
  update private.daily_spend d set micros = d.micros - v_aside.micros where d.day = v_aside.day;
  if v_use is null then
    return;
  end if;
  insert into private.model_use (id, purpose, model, input_tokens, output_tokens, seconds, cost_micros)
  values (p_id, 'speech', v_use ->> 'model', (v_use ->> 'input_tokens')::integer, (v_use ->> 'output_tokens')::integer,
    (v_use ->> 'seconds')::numeric, v_cost)
  on conflict (id) do nothing;
  if found then
    insert into private.daily_spend as d (day, micros)
    select private.today(), coalesce(v_cost, s.reserve_micros) from private.spending s
    on conflict (day) do update set micros = d.micros + excluded.micros;
  end if;
end
$$;

comment on function private.end_speech(uuid, text) is 'Definer: what was set aside for a recording makes way for what it cost, once for its id.';

create function public.begin_speech(p_id uuid) returns jsonb
language sql volatile security invoker set search_path = '' as $$ select private.begin_speech(p_id) $$;

create function public.end_speech(p_id uuid, p_use text default null) returns void
language sql volatile security invoker set search_path = '' as $$ select private.end_speech(p_id, p_use) $$;

comment on function public.begin_speech(uuid) is 'For the function speech: {begun}, before a recording goes to a model. False: the money of the day is used up.';
comment on function public.end_speech(uuid, text) is 'For the function speech: JSON {model, input_tokens, output_tokens, seconds} of a call of a model, each null where the service did not say; null: it cost nothing.';

alter table private.set_asides enable row level security;

create policy "nobody reads what is set aside" on private.set_asides for select to authenticated using (false);

revoke all on private.set_asides from anon, authenticated, service_role;
grant execute on function
  public.begin_speech(uuid), private.begin_speech(uuid), public.end_speech(uuid, text), private.end_speech(uuid, text)
to service_role;
