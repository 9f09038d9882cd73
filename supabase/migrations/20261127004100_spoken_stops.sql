-- Stops in words: whoever says stop to the AI while it answers stops the answer as the button does, and gets a sign and no sentence. A
-- message holds its chat's lock, and a job is locked before its chat everywhere else; so the message never waits for a job: it leaves
-- a note, which the job's worker finds with its next delta or heartbeat.

create table private.spoken_stops (
  message_id uuid not null references public.messages (id) on delete cascade,
  job_id uuid not null,
  primary key (message_id, job_id)
);

create index spoken_stops_by_job on private.spoken_stops (job_id);

comment on table private.spoken_stops is 'Answers that a message asks to stop, until their jobs hear of it.';
comment on column private.spoken_stops.job_id is 'No foreign key: it would wait for whoever works on the job.';

create function private.asks_to_stop(p_body text) returns boolean
language sql immutable security invoker set search_path = '' as $$
  with words as (
    select
      '((please|no|ok|okay|hey|just|now|oh|bitte|nein|por favor|per favore|s[''’]il (te|vous) pla[îi]t|non|prosz[ęe]|пожалуйста|请|もう)[ ,、!.]*)*' as before,
      'stop( (it|that|this|here|there))?( (writing|typing|generating|the (answer|reply)))?|halt|cancel( (it|that|this|the (answer|reply)))?|abort|never ?mind|forget (it|that)'
        '|h[öo]r(t)?( (doch|bitte|jetzt|mal))* auf|aufh[öo]ren|abbrechen|brich ab|genug|das reicht'
        '|arr[êe]te(z)?([- ]toi| (ça|de (parler|r[ée]pondre|[ée]crire)))?|annule|[çc]a suffit'
        '|para|p[áa]rate|pare|det[ée]n(te|lo)?|alto|cancela(r)?|deja de (escribir|hablar|responder)|chega'
        '|ferma(ti)?|fermo|smetti(la)?|annulla|hou op|ophouden|genoeg|sluta|przesta[ńn]|zatrzymaj( si[ęe])?|do[śs][ćc]|wystarczy|anuluj'
        '|dur|yeter|kes|стоп|хватит|остановись|прекрати|перестань'
        '|(やめ|止め|辞め|止まっ)て|ストップ|中止|いい(です|よ)|停(下|止|一下)?|停下来|打住|够了|取消|그만( ?해( ?줘| ?주세요)?)?|멈춰( ?줘| ?주세요)?|중지|스톱' as plain,
      '([ ,、]*(please|now|here|thanks|thank you|bitte|jetzt|por favor|per favore|gracias|merci|danke|s[''’]il (te|vous) pla[îi]t|stp|svp|prosz[ęe]|пожалуйста|ください|下さい|よ|ね|吧))*' as after,
      btrim(regexp_replace(lower(p_body), '@?\m(ai|sideroom)\M', ' ', 'gi'), private.around_words()) as said)
  select private.asks_for_quiet(p_body) or said ~ ('^' || before || '(' || plain || ')' || after || '$') from words
$$;

comment on function private.asks_to_stop(text) is 'Whether a message, said while the AI answers, does nothing but ask it to stop: a request for quiet is one as well.';

create function private.stop_answers(p_message public.messages) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_current public.reply_jobs;
  v_meant uuid[];
  v_queued uuid;
begin
  if char_length(p_message.body) > 200 or not private.asks_to_stop(p_message.body) then
    return false;
  end if;
  select * into v_current from public.reply_jobs j
  where j.chat_id = p_message.chat_id and j.kind = 'answer' and j.state in ('queued', 'running')
  order by (j.state = 'running') desc, j.created_at limit 1;
  if v_current.id is null or not private.tells_ai(p_message, v_current.trigger_message_id) then
    return false;
  end if;
  -- What the others have asked meanwhile is answered, as after the button.
  v_meant := array(
    select j.id from public.reply_jobs j
    where j.chat_id = p_message.chat_id and j.kind = 'answer' and j.state in ('queued', 'running')
      and (j.id = v_current.id or j.asker_id = p_message.author_id or j.decision is not null));
  for v_queued in
    select j.id from public.reply_jobs j where j.id = any (v_meant) and j.state = 'queued' order by j.id for update skip locked
  loop
    update public.reply_jobs set stop_requested_by = p_message.author_id where id = v_queued;
    perform private.end_reply(v_queued, 'stopped', '', null);
  end loop;
  insert into private.spoken_stops (message_id, job_id)
  select p_message.id, j.id from public.reply_jobs j where j.id = any (v_meant) and j.state in ('queued', 'running');
  return true;
end
$$;

comment on function private.stop_answers(public.messages) is 'Definer: stops what a new message asks to stop, and says whether it asks that: the answer under way, and whatever else its author, or nobody, has asked. Callers hold the chat''s lock.';

create function private.tells_ai(p_message public.messages, p_asked uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select c.kind = 'solo' or private.mentions_ai(p_message.body) or private.names_ai(p_message.body)
    or exists (select 1 from public.messages a where a.id = p_message.reply_to and a.kind = 'assistant')
    -- Without a name, right after the question or what the AI said, or going on with one's own words: after another person's they
    -- may be for them.
    or (cardinality(p_message.mentions) = 0 and not p_message.mentions_all and (
      select l.id = p_asked or l.kind = 'assistant' or l.author_id = p_message.author_id from public.messages l
      where l.chat_id = p_message.chat_id and l.seq < p_message.seq and l.kind <> 'system' and l.deleted_at is null
      order by l.seq desc limit 1))
  from public.chats c where c.id = p_message.chat_id
$$;

comment on function private.tells_ai(public.messages, uuid) is 'Whether a few words, said while the AI answers the message p_asked, are for the AI.';

create function private.hear_stop() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_by uuid;
begin
  with heard as (
    delete from private.spoken_stops s using public.messages m where s.job_id = new.id and m.id = s.message_id returning m.author_id)
  select h.author_id into v_by from heard h limit 1;
  if new.state in ('queued', 'running') then
    new.stop_requested_by := coalesce(new.stop_requested_by, v_by);
  end if;
  return new;
end
$$;

comment on function private.hear_stop() is 'Trigger: a job that is not over takes up what was said to it, whatever it is updated for; at its end nothing is left of that.';

create trigger reply_jobs_hear_stop before update on public.reply_jobs
  for each row when (old.finished_at is null) execute function private.hear_stop();

create or replace function private.queue_reply() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_chat public.chats;
  v_job public.reply_jobs;
  v_rule text;
  v_called boolean;
  v_stops boolean;
begin
  if new.kind <> 'member' or new.target = 'people' or private.is_copying() then
    return null;
  end if;
  v_stops := private.stop_answers(new);
  select * into v_chat from public.chats c where c.id = new.chat_id;
  if v_chat.reply_mode = 'off' then
    return null;
  end if;
  v_called := private.mentions_ai(new.body)
    or exists (select 1 from public.messages m where m.id = new.reply_to and m.kind = 'assistant');
  if v_chat.kind = 'group' and (v_stops or private.asks_for_quiet(new.body) and (
    v_called or private.names_ai(new.body) or (
      -- After a question of its own, a single word is an answer.
      select l.kind = 'assistant' and not private.is_question(l.body) from public.messages l
      where l.chat_id = new.chat_id and l.seq < new.seq and l.kind <> 'system' and l.deleted_at is null
      order by l.seq desc limit 1))) then
    update public.chats set quiet_until = now() + interval '30 minutes' where id = new.chat_id;
    -- What somebody is just claiming is refused when it is decided.
    update public.reply_jobs set state = 'silent', finished_at = now(),
      decision = jsonb_build_object('by', 'rules', 'action', 'silent', 'reason', 'asked_to_be_quiet')
    where id in (
      select j.id from public.reply_jobs j
      where j.chat_id = new.chat_id and j.kind = 'turn' and j.state = 'queued' for update skip locked);
    perform private.nod(new, '👍', 'asked_to_be_quiet');
  elsif v_stops then
    perform private.nod(new, '👍', 'asked_to_stop');
  elsif v_chat.kind = 'group' and v_called and private.says_thanks(new.body) then
    perform private.nod(new, '❤️', 'thanked');
  elsif v_chat.kind = 'solo' or v_called then
    insert into public.reply_jobs (chat_id, trigger_message_id, asker_id) values (new.chat_id, new.id, new.author_id)
    returning * into v_job;
    perform private.publish(new.chat_id, 'reply', private.reply_json(v_job));
  elsif v_chat.reply_mode = 'automatic' then
    v_rule := private.free_rule(new, v_chat);
    -- What waits to be considered is about the latest message. One that is just being claimed goes its own way.
    update public.reply_jobs set trigger_message_id = new.id, asker_id = new.author_id, touched_at = clock_timestamp(),
      run_after = now() + interval '800 milliseconds'
    where v_rule is null and id in (
      select j.id from public.reply_jobs j
      where j.chat_id = new.chat_id and j.kind = 'turn' and j.state = 'queued' limit 1 for update skip locked);
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

comment on function private.queue_reply() is 'Trigger: a mention, a reply to the AI, or any message of a solo chat queues an answer, in the message''s own transaction; thanks and requests for quiet get an emoji at once, and what is said to stop an answer stops it. In automatic mode any other message is a turn to be considered, unless a free rule decides.';

alter table private.spoken_stops enable row level security;

create policy "nobody reads stops in words" on private.spoken_stops for select to authenticated using (false);

revoke all on private.spoken_stops from anon, authenticated, service_role;
