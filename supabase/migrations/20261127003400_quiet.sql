-- Quiet and thanks: whoever asks the AI to be quiet, or only thanks it, gets a sign and no sentence. A question right after its own
-- words goes on with them, as people do without pressing Reply: the gate decides about it, whatever the share.

create function private.around_words() returns text
language sql immutable security invoker set search_path = '' as $$
  select E' \n\t.,:;!?…¡¿。、！？~"''“”()-–—☺️🙂😊😄😅😂🙏👍❤💛\u200d'
$$;

comment on function private.around_words() is 'Characters that say nothing before or behind what is said.';

create function private.names_ai(p_body text) returns boolean
language sql immutable security invoker set search_path = '' as $$
  select private.mentions_ai(p_body)
    or p_body ~* '^\s*((hey|ok|okay|dear|please|thanks|thank you),? +)?(ai|sideroom)\M(?!['']|\w)'
    or p_body ~* '[\s,](ai|sideroom)[\s.,!?]*$'
$$;

comment on function private.names_ai(text) is 'Whether a text calls the AI, with or without the sign, at its beginning or end.';

create or replace function private.asks_for_quiet(p_body text) returns boolean
language sql immutable security invoker set search_path = '' as $$
  with words as (
    select
      '((please|ok|okay|hey|just|now|(can|could|would) you|thanks|thank you|bitte|danke|por favor|gracias|merci|prosz[ęe]|dzi[ęe]kuj(emy|[ęe])|dzi[ęe]ki|na razie|ちょっと|すみません)[ ,、]*)*' as before,
      'stop( (it|talking|replying|answering))?|not now|no more|enough|stopp|shush|shh+|basta|stilte|тихо' as bare,
      '(be|stay|keep|remain) (quiet|silent)|(stay|keep|remain|butt) out of (this|it)|leave us (alone|be|to ourselves)|let us (talk|be)|shut up|pipe down|zip it'
        '|(we|i)( wi|[''’])ll take it from here|that( i|[''’])s enough'
        '|(quiet|silence|hush|ruhe)|(sei|bleib|seid)( (doch|bitte|mal|jetzt|einfach|kurz))* (still|leise|ruhig)|halt( dich)?( (da|bitte|mal))* (raus|den mund|die klappe)'
        '|tais[- ]toi|taisez[- ]vous|chut|silence|c[áa]llate|silencio|sil[êe]ncio|cala[- ]te|fica quiet[oa]|silenzio|(stai )?zitt[oa]'
        '|(b[ąa]d[źz] )?cicho|cisza|wees (stil|rustig)|hou je mond|sessiz ol|помолчи|замолчи'
        '|(静|しず)かに(し(て|てて|ていて))?|黙って(て|いて)?|安静(一下|点)?|别说话|조용히( ?해( ?줘| ?주세요)?)?' as plain,
      '([ ,、]*(please|now|for (now|a (while|bit|moment|minute))|a (bit|moment)|today|tonight|thanks|thank you|bitte|danke|jetzt|mal|kurz|por favor|gracias|s[''’]il (te|vous) pla[îi]t|stp|svp|merci|prosz[ęe]|ください|下さい|ね|よ|お願い(します)?))*' as after,
      'please|thank|bitte|danke|por favor|gracias|s[''’]il (te|vous)|merci|prosz|dzi[ęe]k|ください|下さい|お願い|for (now|a while|a bit)' as courtesy,
      btrim(regexp_replace(lower(p_body), '@?\m(ai|sideroom)\M', ' ', 'gi'), private.around_words()) as said),
  clauses as (
    select array_agg(btrim(c.clause, private.around_words()) order by c.place) as list
    from words, regexp_split_to_table(words.said, '[,.;!\n、。，！]+| [-–—] ') with ordinality c (clause, place)
    where btrim(c.clause, private.around_words()) <> '')
  select coalesce(
    said ~ ('^' || before || '(' || bare || '|' || plain || ')' || after || '$')
    -- With a reason before or behind it: only in plain words, to the AI by name, and in no question or long text.
    or (private.names_ai(p_body) and char_length(said) <= 120 and said !~ '[?？]' and (
      list[1] ~ ('^' || before || '(' || plain || ')' || after || '$')
      or (said ~ courtesy and list[array_length(list, 1)] ~ ('^' || before || '(' || plain || ')' || after || '$')))), false)
  from words, clauses
$$;

comment on function private.asks_for_quiet(text) is 'Whether a message asks the AI to be quiet and does nothing else but say why.';

create function private.says_thanks(p_body text) returns boolean
language sql immutable security invoker set search_path = '' as $$
  select btrim(regexp_replace(lower(p_body), '@?\m(ai|sideroom)\M', ' ', 'gi'), private.around_words()) ~ (
    '^((ah|oh|aha|ok|okay|yes|yay|great|perfect|cool|nice|awesome|super|wonderful|brilliant|lovely|excellent|got it|makes sense|perfekt|toll|parfait|perfecto|genial'
    '|(that|this|it)( is|[''’]s| was) (it|him|her|them|great|perfect|helpful|all|what (i|we) (needed|meant|wanted))|(that|this|it) (works|worked|helps|helped))[ ,.!:)]+)*'
    '(many )?(thanks|thank you|thx|ty|cheers|danke( (dir|sch[öo]n|euch))?|dankesch[öo]n|vielen dank|merci( beaucoup| bien)?|(muchas |mil )?gracias|(muito )?obrigad[oa]|grazie( mille)?'
    '|dzi[ęe]ki|dzi[ęe]kuj(emy|[ęe])|bedankt|dank je( wel)?|teşekkürler|спасибо|(どうも)?ありがとう(ございます|ございました)?|助かりました|谢谢|多谢|감사합니다|고마워요?)'
    '([ ,]+(so much|very much|a lot|a bunch|again|all|everyone|you|for (that|this|it|(the|your) help)|sehr|vielmals|mucho))*$')
$$;

comment on function private.says_thanks(text) is 'Whether a message thanks and does nothing else.';

create function private.is_question(p_body text) returns boolean
language sql immutable security invoker set search_path = '' as $$ select p_body ~ '[?？؟]["”’»)\s]*$' $$;

comment on function private.is_question(text) is 'Whether a message ends in a question.';

create or replace function private.free_rule(p_message public.messages, p_chat public.chats) returns text
language sql stable security definer set search_path = '' as $$
  with latest as (
    select m.seq, m.kind from public.messages m
    where m.chat_id = p_chat.id and m.seq < p_message.seq and m.kind <> 'system' and m.deleted_at is null
    order by m.seq desc limit greatest((select count(*) from public.members b where b.chat_id = p_chat.id), 2))
  select case
    when p_chat.quiet_until > now() then 'asked_to_be_quiet'
    -- Somebody is addressed by name or answered, or everyone is: it is for them to speak.
    when cardinality(p_message.mentions) > 0 or p_message.mentions_all then 'addressed_to_people'
    when private.is_question(p_message.body) and (select l.kind from latest l order by l.seq desc limit 1) = 'assistant' then null
    -- At most one of as many messages as there are members.
    when exists (select 1 from latest l where l.kind = 'assistant') then 'spoke_lately'
  end
$$;

create function private.nod(p_message public.messages, p_emoji text, p_reason text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_left boolean := (select count(*) from private.assistant_reactions a
    where a.chat_id = p_message.chat_id and a.created_at > now() - interval '1 hour') < private.max_assistant_reactions();
begin
  if v_left then
    insert into private.assistant_reactions (message_id, chat_id, emoji) values (p_message.id, p_message.chat_id, p_emoji);
  end if;
  insert into public.reply_jobs (chat_id, trigger_message_id, asker_id, kind, state, finished_at, decision)
  values (p_message.chat_id, p_message.id, p_message.author_id, 'turn', 'silent', now(), jsonb_build_object(
    'by', 'rules', 'action', case when v_left then 'react' else 'silent' end, 'reason', p_reason, 'emoji', p_emoji));
end
$$;

comment on function private.nod(public.messages, text, text) is 'Definer: the AI''s whole answer to a new message is an emoji, as far as it may give one within this hour.';

create or replace function private.queue_reply() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_chat public.chats;
  v_job public.reply_jobs;
  v_rule text;
  v_called boolean;
begin
  if new.kind <> 'member' or new.target = 'people' or private.is_copying() then
    return null;
  end if;
  select * into v_chat from public.chats c where c.id = new.chat_id;
  if v_chat.reply_mode = 'off' then
    return null;
  end if;
  v_called := private.mentions_ai(new.body)
    or exists (select 1 from public.messages m where m.id = new.reply_to and m.kind = 'assistant');
  if v_chat.kind = 'group' and private.asks_for_quiet(new.body) and (
    v_called or private.names_ai(new.body) or (
      -- After a question of its own, a single word is an answer.
      select l.kind = 'assistant' and not private.is_question(l.body) from public.messages l
      where l.chat_id = new.chat_id and l.seq < new.seq and l.kind <> 'system' and l.deleted_at is null
      order by l.seq desc limit 1)) then
    update public.chats set quiet_until = now() + interval '30 minutes' where id = new.chat_id;
    -- What somebody is just claiming is refused when it is decided.
    update public.reply_jobs set state = 'silent', finished_at = now(),
      decision = jsonb_build_object('by', 'rules', 'action', 'silent', 'reason', 'asked_to_be_quiet')
    where id in (
      select j.id from public.reply_jobs j
      where j.chat_id = new.chat_id and j.kind = 'turn' and j.state = 'queued' for update skip locked);
    perform private.nod(new, '👍', 'asked_to_be_quiet');
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

comment on function private.queue_reply() is 'Trigger: a mention, a reply to the AI, or any message of a solo chat queues an answer, in the message''s own transaction; thanks and requests for quiet get an emoji at once. In automatic mode any other message is a turn to be considered, unless a free rule decides.';
