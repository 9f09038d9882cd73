-- Costs: what answers cost by the prices that whoever runs the server has written down, and how much may be spent on a day. Without a
-- price a cost is unknown; nothing is guessed. Money is counted in millionths of its unit.

create table private.model_prices (
  model text primary key,
  input_micros bigint not null constraint model_prices_input_positive check (input_micros >= 0),
  cached_micros bigint constraint model_prices_cached_positive check (cached_micros >= 0),
  output_micros bigint not null constraint model_prices_output_positive check (output_micros >= 0),
  picture_micros bigint constraint model_prices_picture_positive check (picture_micros >= 0),
  search_micros bigint constraint model_prices_search_positive check (search_micros >= 0)
);

comment on table private.model_prices is 'What models cost: a million tokens, a picture, a search on the web. Empty until somebody writes prices down.';
comment on column private.model_prices.model is 'Name of a model, or of a slot (small, standard, large, gate); the name counts first.';
comment on column private.model_prices.cached_micros is 'For tokens that the service had read before; null: as others.';
comment on column private.model_prices.picture_micros is 'Null: unknown, and so is then the cost of an answer with a picture.';

create table private.spending (
  is_only boolean primary key default true constraint spending_one_row check (is_only),
  currency text not null default 'USD' constraint spending_currency_code check (currency ~ '^[A-Z]{3}$'),
  daily_micros bigint constraint spending_daily_positive check (daily_micros >= 0),
  reserve_micros bigint not null default 10000 constraint spending_reserve_positive check (reserve_micros > 0)
);

comment on table private.spending is 'How money is counted, and how much of it may be spent. One row.';
comment on column private.spending.daily_micros is 'How much may be spent from midnight to midnight (UTC); null: any amount.';
comment on column private.spending.reserve_micros is 'What is set aside for an answer while it is made, and counted for one whose cost is unknown.';

insert into private.spending default values;

create table private.model_use (
  id uuid primary key,
  job_id uuid references public.reply_jobs (id) on delete set null,
  purpose text not null constraint model_use_purpose_known check (purpose in ('gate', 'answer')),
  model text not null,
  input_tokens integer,
  cached_tokens integer,
  output_tokens integer,
  cost_micros bigint,
  created_at timestamptz not null default now()
);

create index model_use_by_job on private.model_use (job_id);
create index model_use_by_time on private.model_use (created_at);

comment on table private.model_use is 'Calls of models, each with what it used and cost, for 40 days.';
comment on column private.model_use.input_tokens is 'As the service counts; null when it did not say.';
comment on column private.model_use.cost_micros is 'Null: unknown, for lack of a price or of a count.';

create table private.daily_spend (
  day date primary key,
  micros bigint not null
);

comment on table private.daily_spend is 'What was spent on a day (UTC), unknown costs by what was set aside for them.';

alter table public.reply_jobs add column reserved_micros bigint not null default 0;

comment on column public.reply_jobs.reserved_micros is 'What of the day''s money is set aside for it while it runs.';

create function private.today() returns date
language sql stable security invoker set search_path = '' as $$ select (now() at time zone 'UTC')::date $$;

comment on function private.today() is 'The day whose money is spent.';

create function private.cost_of(p_use jsonb) returns bigint
language sql stable security definer set search_path = '' as $$
  select ceil((
      ((p_use ->> 'input_tokens')::numeric - coalesce((p_use ->> 'cached_tokens')::numeric, 0)) * p.input_micros
      + coalesce((p_use ->> 'cached_tokens')::numeric, 0) * coalesce(p.cached_micros, p.input_micros)
      + (p_use ->> 'output_tokens')::numeric * p.output_micros) / 1000000)
    -- What was not used costs nothing, whatever its price.
    + case (p_use ->> 'pictures')::integer when 0 then 0 else (p_use ->> 'pictures')::integer * p.picture_micros end
    + case (p_use ->> 'searches')::integer when 0 then 0 else (p_use ->> 'searches')::integer * p.search_micros end
  from private.model_prices p
  where p.model in (p_use ->> 'model', p_use ->> 'asked', p_use ->> 'slot')
  order by array_position(array[p_use ->> 'model', p_use ->> 'asked', p_use ->> 'slot'], p.model) limit 1
$$;

comment on function private.cost_of(jsonb) is 'Definer: what a call of a model cost, in millionths; null when a price or a count is missing.';

create function private.note_use(p_job uuid, p_use text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_use jsonb := p_use::jsonb;
  v_cost bigint := private.cost_of(v_use);
begin
  insert into private.model_use (id, job_id, purpose, model, input_tokens, cached_tokens, output_tokens, cost_micros)
  values ((v_use ->> 'id')::uuid, p_job, v_use ->> 'purpose', v_use ->> 'model', (v_use ->> 'input_tokens')::integer,
    (v_use ->> 'cached_tokens')::integer, (v_use ->> 'output_tokens')::integer, v_cost)
  on conflict (id) do nothing;
  if not found then
    return;
  end if;
  insert into private.daily_spend as d (day, micros)
  select private.today(), coalesce(v_cost, s.reserve_micros) from private.spending s
  on conflict (day) do update set micros = d.micros + excluded.micros;
  if not exists (select 1 from private.model_use u where u.created_at >= private.today() and u.id <> (v_use ->> 'id')::uuid) then
    -- The first of a day clears what is over.
    delete from private.model_use u where u.created_at < now() - interval '40 days';
    delete from private.daily_spend d where d.day < private.today() - 400;
  end if;
end
$$;

comment on function private.note_use(uuid, text) is 'Definer: counts a call of a model, once for its id.';

create function public.note_use(p_job uuid, p_use text) returns void
language sql volatile security invoker set search_path = '' as $$ select private.note_use(p_job, p_use) $$;

comment on function public.note_use(uuid, text) is 'For the function reply: JSON {id, purpose: gate | answer, model, asked, slot, input_tokens, cached_tokens, output_tokens, pictures, searches} of a call of a model.';

create or replace function private.keep_receipt(p_job uuid, p_receipt text) returns void
language sql volatile security definer set search_path = '' as $$
  with used as (
    select case when count(*) > 0 and bool_and(u.cost_micros is not null) then sum(u.cost_micros) end as cost,
      sum(u.input_tokens) filter (where u.purpose = 'gate') as gate_in, sum(u.output_tokens) filter (where u.purpose = 'gate') as gate_out
    from private.model_use u where u.job_id = p_job),
  full_receipt as (
    select p_receipt::jsonb || jsonb_build_object('cost_micros', u.cost, 'currency', s.currency,
      'gate_input_tokens', u.gate_in, 'gate_output_tokens', u.gate_out) as receipt
    from used u, private.spending s)
  update public.reply_jobs j set receipt = f.receipt from full_receipt f
  where j.id = p_job and j.receipt is distinct from f.receipt
$$;

comment on function private.keep_receipt(uuid, text) is 'Definer: what an answer was made of, as JSON, with what all calls of models for it used and cost.';
comment on column public.reply_jobs.receipt is 'What an answer was made of: {model, route, rules, messages, input_tokens, output_tokens, gate_input_tokens, gate_output_tokens, cost_micros, currency, first_ms, total_ms}.';

alter table private.model_prices enable row level security;
alter table private.spending enable row level security;
alter table private.model_use enable row level security;
alter table private.daily_spend enable row level security;

create policy "nobody reads prices" on private.model_prices for select to authenticated using (false);
create policy "nobody reads how money is counted" on private.spending for select to authenticated using (false);
create policy "nobody reads calls of models" on private.model_use for select to authenticated using (false);
create policy "nobody reads what was spent" on private.daily_spend for select to authenticated using (false);

revoke all on private.model_prices, private.spending, private.model_use, private.daily_spend from anon, authenticated, service_role;
grant execute on function public.note_use(uuid, text), private.note_use(uuid, text) to service_role;
