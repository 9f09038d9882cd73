-- Turns: in automatic mode the AI considers what people say, and speaks, reacts or stays silent. Free rules decide here, in the
-- message's own transaction; what they leave open is a job of kind turn, which the function reply asks a model about. Each
-- consideration is kept, so that it can be told why.

create type public.reply_kind as enum ('answer', 'turn');

alter table public.reply_jobs
  add column kind public.reply_kind not null default 'answer',
  add column decision jsonb,
  add column receipt jsonb,
  add column touched_at timestamptz not null default clock_timestamp();

comment on column public.reply_jobs.kind is 'answer: somebody is to be answered. turn: whether to say anything is still open.';
comment on column public.reply_jobs.decision is 'Why it spoke or stayed silent: {by, action, reason, …}; null for an answer that was asked for.';
comment on column public.reply_jobs.receipt is 'What an answer was made of: {model, rules, messages, input_tokens, output_tokens, cost_usd, first_ms, total_ms}.';
comment on column public.reply_jobs.touched_at is 'When the latest message came that a waiting turn is about.';

alter table public.chats
  add column talkativeness smallint not null default 0
    constraint chats_talkativeness_range check (talkativeness between -3 and 3),
  add column quiet_until timestamptz;

comment on column public.chats.talkativeness is 'How readily the AI joins in by itself: each step moves the threshold by a tenth.';
comment on column public.chats.quiet_until is 'Until then the AI does not join in by itself: somebody asked it to be quiet.';

create table private.assistant_reactions (
  message_id uuid not null references public.messages (id) on delete cascade,
  chat_id uuid not null references public.chats (id) on delete cascade,
  emoji text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (message_id, emoji)
);

create index assistant_reactions_by_chat on private.assistant_reactions (chat_id, created_at);

comment on table private.assistant_reactions is 'Emoji that the AI gave to messages.';

create or replace function private.copy_reactions() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.messages m
  set reactions = coalesce((
    select jsonb_agg(jsonb_build_object('emoji', k.emoji, 'user_ids', k.user_ids) order by k.first, k.emoji)
    from (
      select r.emoji, jsonb_agg(r.giver order by r.created_at, r.giver) as user_ids, min(r.created_at) as first
      from (
        select p.emoji, p.user_id::text as giver, p.created_at from private.reactions p where p.message_id = m.id
        union all
        select a.emoji, 'ai', a.created_at from private.assistant_reactions a where a.message_id = m.id) r
      group by r.emoji) k), '[]')
  where m.id in (select t.message_id from touched t);
  return null;
end
$$;

create trigger assistant_reactions_given after insert on private.assistant_reactions referencing new table as touched
  for each statement execute function private.copy_reactions();

create function private.asks_for_quiet(p_body text) returns boolean
language sql immutable security invoker set search_path = '' as $$
  select lower(btrim(regexp_replace(p_body, '@(ai|sideroom)', '', 'gi'), E' \n\t.,!?')) ~
    '^(please |ok |okay )*(stop|quiet|be quiet|silence|hush|shut up|stay quiet|keep quiet|not now|stopp|ruhe|sei still|tais-toi|silencio|cállate|basta|静かに)( please| now| ai| sideroom)*$'
$$;

comment on function private.asks_for_quiet(text) is 'Whether a message does nothing but ask the AI to be quiet.';

create function private.free_rule(p_message public.messages, p_chat public.chats) returns text
language sql stable security definer set search_path = '' as $$
  with latest as (
    select m.id, m.kind, m.author_id from public.messages m
    where m.chat_id = p_chat.id and m.seq < p_message.seq and m.kind <> 'system' and m.deleted_at is null
    order by m.seq desc limit greatest((select count(*) from public.members b where b.chat_id = p_chat.id), 2))
  select case
    when p_chat.quiet_until > now() then 'asked_to_be_quiet'
    -- Somebody is addressed by name or answered, or everyone is: it is for them to speak.
    when cardinality(p_message.mentions) > 0 or p_message.mentions_all then 'addressed_to_people'
    -- At most one of as many messages as there are members.
    when exists (select 1 from latest l where l.kind = 'assistant') then 'spoke_lately'
  end
$$;

comment on function private.free_rule(public.messages, public.chats) is 'Why the AI stays silent after a message without a model being asked; null: that is open.';

create or replace function private.queue_reply() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_chat public.chats;
  v_job public.reply_jobs;
  v_rule text;
begin
  if new.kind <> 'member' or new.target = 'people' or private.is_copying() then
    return null;
  end if;
  select * into v_chat from public.chats c where c.id = new.chat_id;
  if v_chat.reply_mode = 'off' then
    return null;
  end if;
  if v_chat.kind = 'group' and private.asks_for_quiet(new.body) and (
    private.mentions_ai(new.body) or (
      select l.kind = 'assistant' from public.messages l
      where l.chat_id = new.chat_id and l.seq < new.seq and l.kind <> 'system' order by l.seq desc limit 1)) then
    update public.chats set quiet_until = now() + interval '30 minutes' where id = new.chat_id;
  end if;
  if v_chat.kind = 'solo' or private.mentions_ai(new.body)
    or exists (select 1 from public.messages m where m.id = new.reply_to and m.kind = 'assistant') then
    insert into public.reply_jobs (chat_id, trigger_message_id, asker_id) values (new.chat_id, new.id, new.author_id)
    returning * into v_job;
    perform private.publish(new.chat_id, 'reply', private.reply_json(v_job));
  elsif v_chat.reply_mode = 'automatic' then
    v_rule := private.free_rule(new, v_chat);
    -- What waits to be considered is about the latest message.
    update public.reply_jobs set trigger_message_id = new.id, asker_id = new.author_id, touched_at = clock_timestamp(),
      run_after = now() + interval '800 milliseconds'
    where chat_id = new.chat_id and kind = 'turn' and state = 'queued' and v_rule is null;
    if not found then
      insert into public.reply_jobs (chat_id, trigger_message_id, asker_id, kind, run_after, state, finished_at, decision)
      values (new.chat_id, new.id, new.author_id, 'turn', now() + interval '800 milliseconds',
        case when v_rule is null then 'queued' else 'silent' end::public.reply_state, case when v_rule is not null then now() end,
        case when v_rule is not null then jsonb_build_object('by', 'rules', 'action', 'silent', 'reason', v_rule) end);
    end if;
  end if;
  return null;
end
$$;

comment on function private.queue_reply() is 'Trigger: a mention, a reply to the AI, or any message of a solo chat queues an answer, in the message''s own transaction. In automatic mode any other message is a turn to be considered, unless a free rule decides.';

create function private.end_turn(p_job uuid, p_decision jsonb) returns void
language sql volatile security definer set search_path = '' as $$
  update public.reply_jobs
  set state = 'silent', decision = p_decision, lease_token = null, lease_until = null, partial = '', finished_at = now()
  where id = p_job
$$;

comment on function private.end_turn(uuid, jsonb) is 'Ends a consideration without a word. Callers hold the job''s lock.';

create or replace function private.claim_reply(p_chat uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_job public.reply_jobs;
  v_constraint text;
begin
  select j.* into v_job from public.reply_jobs j
  where (p_chat is null or j.chat_id = p_chat)
    and ((j.state = 'queued' and j.run_after <= now()) or (j.state = 'running' and j.lease_until < now()))
    and not exists (
      select 1 from public.reply_jobs r
      where r.chat_id = j.chat_id and r.id <> j.id
        and (r.state = 'running' or (r.state = 'queued' and r.created_at < j.created_at and not (r.kind = 'turn' and j.kind = 'answer'))))
    -- While somebody writes, what they are about to say is waited for, a few seconds at most.
    and not (j.kind = 'turn' and j.state = 'queued' and j.touched_at > now() - interval '4 seconds' and exists (
      select 1 from private.presence p where p.chat_id = j.chat_id and p.typing and p.seen_at > now() - interval '9 seconds'))
  order by (j.state = 'running') desc, j.kind, j.created_at
  for update skip locked limit 1;
  if v_job.id is null then
    return null;
  end if;

  if v_job.stop_requested_by is not null or v_job.attempts >= private.max_reply_attempts() then
    if v_job.kind = 'turn' then
      perform private.end_turn(v_job.id, jsonb_build_object('by', 'rules', 'action', 'silent', 'reason', 'could_not_decide'));
    elsif v_job.stop_requested_by is not null then
      perform private.end_reply(v_job.id, 'stopped', v_job.partial, null);
    else
      perform private.end_reply(v_job.id, 'failed', '', 'crashed');
    end if;
    return jsonb_build_object('job_id', v_job.id, 'lease', null);
  end if;

  update public.reply_jobs
  set state = 'running', attempts = attempts + 1, lease_token = gen_random_uuid(),
    lease_until = now() + private.reply_lease(), partial = '', error = null
  where id = v_job.id returning * into v_job;
  -- That something is being considered concerns nobody.
  if v_job.kind = 'answer' then
    perform private.publish(v_job.chat_id, 'reply', private.reply_json(v_job));
  end if;
  return private.reply_json(v_job) || jsonb_build_object('lease', v_job.lease_token, 'kind', v_job.kind);
exception
  -- Another worker has just begun another reply of this chat.
  when unique_violation then
    get stacked diagnostics v_constraint = constraint_name;
    if v_constraint <> 'reply_jobs_one_running' then
      raise;
    end if;
    return null;
end
$$;

create or replace function private.reply_context(p_job uuid, p_lease uuid, p_limit integer) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'chat', jsonb_build_object('id', c.id, 'kind', c.kind, 'title', c.title, 'instructions', c.instructions),
    'asker', (select jsonb_build_object('id', p.id, 'name', p.display_name, 'username', p.username) from public.profiles p where p.id = j.asker_id),
    'trigger_message_id', j.trigger_message_id,
    'talkativeness', c.talkativeness,
    'members', (
      select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.display_name, 'username', p.username) order by m.joined_at), '[]')
      from public.members m join public.profiles p on p.id = m.user_id where m.chat_id = c.id),
    'messages', (
      select coalesce(jsonb_agg(t.message order by t.seq), '[]') from (
        select m.seq, jsonb_build_object('id', m.id, 'kind', m.kind, 'author_id', m.author_id, 'author', p.display_name,
          'body', m.body, 'reply_to', m.reply_to, 'created_at', m.created_at,
          'files', (select coalesce(jsonb_agg(f ->> 'name'), '[]') from jsonb_array_elements(m.attachments) f)) as message
        from public.messages m left join public.profiles p on p.id = m.author_id
        where m.deleted_at is null and m.id in (
          (select l.id from public.messages l
            where l.chat_id = c.id and l.seq >= asker.history_from and l.kind <> 'system' and l.deleted_at is null and l.status <> 'failed'
            order by l.seq desc limit least(p_limit, 200))
          union all
          select j.trigger_message_id)) t))
  from public.reply_jobs j
  join public.chats c on c.id = j.chat_id
  join public.members asker on asker.chat_id = j.chat_id and asker.user_id = j.asker_id
  where j.id = p_job and j.lease_token = p_lease and j.state = 'running'
$$;

create function private.decide_turn(p_job uuid, p_lease uuid, p_decision text, p_message uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_job public.reply_jobs;
  v_decision jsonb := p_decision::jsonb;
  v_chat public.chats;
begin
  select * into v_job from public.reply_jobs j
  where j.id = p_job and j.lease_token = p_lease and j.state = 'running' and j.kind = 'turn' for update;
  if v_job.id is null then
    return false;
  end if;
  if v_decision ->> 'action' = 'reply' then
    update public.reply_jobs set kind = 'answer', decision = v_decision where id = p_job returning * into v_job;
    perform private.publish(v_job.chat_id, 'reply', private.reply_json(v_job));
    return true;
  end if;
  if v_decision ->> 'action' = 'react' then
    select * into v_chat from public.chats c where c.id = v_job.chat_id for no key update;
    if private.is_emoji(v_decision ->> 'emoji')
      and exists (
        select 1 from public.messages m where m.id = p_message and m.chat_id = v_chat.id and m.kind = 'member' and m.deleted_at is null)
      and (select count(*) from private.assistant_reactions a
        where a.chat_id = v_chat.id and a.created_at > now() - interval '1 hour') < private.max_assistant_reactions() then
      insert into private.assistant_reactions (message_id, chat_id, emoji)
      values (p_message, v_chat.id, v_decision ->> 'emoji') on conflict do nothing;
    else
      v_decision := v_decision || jsonb_build_object('action', 'silent', 'reason', 'reacted_enough');
    end if;
  end if;
  perform private.end_turn(p_job, v_decision);
  return true;
end
$$;

create function private.max_assistant_reactions() returns integer
language sql immutable security invoker set search_path = '' as $$ select 20 $$;

comment on function private.max_assistant_reactions() is 'How many reactions the AI gives in a chat within an hour.';
comment on function private.decide_turn(uuid, uuid, text, uuid) is 'Definer: under the lease, a turn becomes an answer, a reaction to p_message, or nothing. False: the lease is lost.';

create function public.decide_turn(p_job uuid, p_lease uuid, p_decision text, p_message uuid default null) returns boolean
language sql volatile security invoker set search_path = '' as $$ select private.decide_turn(p_job, p_lease, p_decision, p_message) $$;

comment on function public.decide_turn(uuid, uuid, text, uuid) is 'For the function reply: p_decision is JSON {by, action: reply | react | silent, reason, …}. False when the lease was lost.';

create function private.keep_receipt(p_job uuid, p_receipt text) returns void
language sql volatile security definer set search_path = '' as $$
  update public.reply_jobs set receipt = p_receipt::jsonb where id = p_job and receipt is distinct from p_receipt::jsonb
$$;

comment on function private.keep_receipt(uuid, text) is 'Definer: what an answer was made of, as JSON.';

create function public.keep_receipt(p_job uuid, p_receipt text) returns void
language sql volatile security invoker set search_path = '' as $$ select private.keep_receipt(p_job, p_receipt) $$;

comment on function public.keep_receipt(uuid, text) is 'For the function reply: the receipt of an answer.';

create function private.tune_replies(p_chat uuid, p_step integer) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform 1 from public.chats c where c.id = p_chat for no key update;
  perform private.require_member(p_chat);
  update public.chats set talkativeness = greatest(-3, least(3, talkativeness + sign(p_step)::smallint)) where id = p_chat;
end
$$;

comment on function private.tune_replies(uuid, integer) is 'Definer: one step more or less, under the chat''s lock.';

create function public.tune_replies(p_chat uuid, p_step integer) returns void
language sql volatile security invoker set search_path = '' as $$ select private.tune_replies(p_chat, p_step) $$;

comment on function public.tune_replies(uuid, integer) is 'A member wants the AI to join in more (a positive step) or less. Raises SR002.';

create function private.set_reply_mode(p_chat uuid, p_mode public.reply_mode) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_chat public.chats;
  v_me uuid;
begin
  select * into v_chat from public.chats c where c.id = p_chat for no key update;
  v_me := private.require_member(p_chat);
  if v_chat.kind <> 'group' then
    raise exception 'not a group' using errcode = 'SR007', hint = 'In a chat of your own the AI always answers.';
  end if;
  if v_chat.reply_mode = p_mode then
    return;
  end if;
  update public.chats set reply_mode = p_mode, quiet_until = null where id = p_chat;
  perform private.log_change(p_chat, private.next_seq(p_chat), 'chat', p_chat);
  perform private.post_notice(p_chat, jsonb_build_object('type', 'reply_mode', 'by', v_me, 'mode', p_mode));
end
$$;

comment on function private.set_reply_mode(uuid, public.reply_mode) is 'Definer: when the AI answers in a group, announced by a notice.';

create function public.set_reply_mode(p_chat uuid, p_mode public.reply_mode) returns void
language sql volatile security invoker set search_path = '' as $$ select private.set_reply_mode(p_chat, p_mode) $$;

comment on function public.set_reply_mode(uuid, public.reply_mode) is 'Any member sets when the AI answers: automatic, mention or off. Raises SR002 or SR007 (not a group).';

alter table private.assistant_reactions enable row level security;

create policy "nobody reads the AI's reactions" on private.assistant_reactions for select to authenticated using (false);

revoke all on private.assistant_reactions from anon, authenticated, service_role;
grant select (kind, decision, receipt) on public.reply_jobs to authenticated;
grant execute on function
  public.decide_turn(uuid, uuid, text, uuid), private.decide_turn(uuid, uuid, text, uuid),
  public.keep_receipt(uuid, text), private.keep_receipt(uuid, text)
to service_role;
grant execute on function
  public.tune_replies(uuid, integer), private.tune_replies(uuid, integer),
  public.set_reply_mode(uuid, public.reply_mode), private.set_reply_mode(uuid, public.reply_mode)
to authenticated;
