-- Summaries: what was said before the messages that go to the model, in a few words, one for each point from which somebody's history
-- begins. Nobody reads them but the function reply; whatever changes among the messages that one covers removes it.

create table private.chat_summaries (
  chat_id uuid not null references public.chats (id) on delete cascade,
  from_seq bigint not null,
  through_seq bigint not null,
  body text not null constraint chat_summaries_body_length check (char_length(body) between 1 and 20000),
  made_at timestamptz not null default clock_timestamp(),
  primary key (chat_id, from_seq),
  constraint chat_summaries_forward check (through_seq >= from_seq)
);

comment on table private.chat_summaries is 'What a chat''s older messages say, for the AI''s context alone. Never across chats, and not taken along by copies.';
comment on column private.chat_summaries.from_seq is 'Where the history of those begins whom it is for: whoever may read less, or more, has another one.';
comment on column private.chat_summaries.through_seq is 'Messages up to this one are in it.';

create function private.summary_material(p_chat uuid, p_from bigint, p_before bigint, p_limit integer) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('summary', s.body, 'through', s.through_seq, 'made_at', s.made_at, 'messages', (
    select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'kind', m.kind, 'author', p.display_name, 'body', m.body) order by m.seq), '[]')
    from (
      select l.* from public.messages l
      where l.chat_id = p_chat and l.seq >= coalesce(s.through_seq + 1, p_from) and l.seq < p_before
        and l.kind <> 'system' and l.deleted_at is null and l.status <> 'failed'
      order by l.seq desc limit least(p_limit, 500)) m
    left join public.profiles p on p.id = m.author_id))
  from (select 1) one
  left join private.chat_summaries s on s.chat_id = p_chat and s.from_seq = p_from and s.through_seq < p_before
$$;

comment on function private.summary_material(uuid, bigint, bigint, integer) is 'The summary of a chat''s messages before one, and what it lacks: {summary, through, made_at, messages}.';

create function private.reply_summary(p_job uuid, p_lease uuid, p_before uuid, p_limit integer) returns jsonb
language sql stable security definer set search_path = '' as $$
  select material.parts || jsonb_build_object('mark', md5(material.parts::text))
  from public.reply_jobs j
  join public.members asker on asker.chat_id = j.chat_id and asker.user_id = j.asker_id
  join public.messages b on b.id = p_before and b.chat_id = j.chat_id
  cross join lateral private.summary_material(j.chat_id, asker.history_from, b.seq, p_limit) material (parts)
  where j.id = p_job and j.lease_token = p_lease and j.state = 'running'
$$;

comment on function private.reply_summary(uuid, uuid, uuid, integer) is 'Definer: what the person answered may know of the messages before p_before, for the holder of the lease alone. Null when the lease is lost or the person has gone.';

create function private.keep_summary(p_job uuid, p_lease uuid, p_before uuid, p_limit integer, p_mark text, p_body text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_job public.reply_jobs;
  v_from bigint;
  v_before bigint;
begin
  select * into v_job from public.reply_jobs j
  where j.id = p_job and j.lease_token = p_lease and j.state = 'running' for update;
  -- Nothing is edited or taken back from here on.
  perform 1 from public.chats c where c.id = v_job.chat_id for share;
  select asker.history_from, b.seq into v_from, v_before
  from public.members asker join public.messages b on b.id = p_before and b.chat_id = v_job.chat_id
  where asker.chat_id = v_job.chat_id and asker.user_id = v_job.asker_id;
  if v_before is null or v_before <= v_from
    or md5(private.summary_material(v_job.chat_id, v_from, v_before, p_limit)::text) <> p_mark then
    return false;
  end if;
  insert into private.chat_summaries (chat_id, from_seq, through_seq, body) values (v_job.chat_id, v_from, v_before - 1, p_body)
  on conflict (chat_id, from_seq) do update
  set through_seq = excluded.through_seq, body = excluded.body, made_at = excluded.made_at;
  return true;
end
$$;

comment on function private.keep_summary(uuid, uuid, uuid, integer, text, text) is 'Definer: keeps a summary of what reply_summary gave, if that is still so. False: it is not, or the lease is lost; then the summary may say what is not there any more.';

create function public.reply_summary(p_job uuid, p_lease uuid, p_before uuid, p_limit integer) returns jsonb
language sql stable security invoker set search_path = '' as $$ select private.reply_summary(p_job, p_lease, p_before, p_limit) $$;

create function public.keep_summary(p_job uuid, p_lease uuid, p_before uuid, p_limit integer, p_mark text, p_body text) returns boolean
language sql volatile security invoker set search_path = '' as $$ select private.keep_summary(p_job, p_lease, p_before, p_limit, p_mark, p_body) $$;

comment on function public.reply_summary(uuid, uuid, uuid, integer) is 'For the function reply: {summary (null: none), messages [{id, kind, author, body}] that it lacks, the latest p_limit before p_before, mark}.';
comment on function public.keep_summary(uuid, uuid, uuid, integer, text, text) is 'For the function reply: a new summary through the message before p_before. False: do not use it.';

create function private.forget_summaries() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  delete from private.chat_summaries s where s.chat_id = new.chat_id and new.seq between s.from_seq and s.through_seq;
  return null;
end
$$;

comment on function private.forget_summaries() is 'Trigger: a message says something else, nothing any more, or belongs to nobody, and so no summary holds what it said.';

create trigger messages_forget_summaries after update of body, deleted_at, status, author_id on public.messages
  for each row when (
    new.body is distinct from old.body or new.deleted_at is distinct from old.deleted_at
    or new.status is distinct from old.status or new.author_id is distinct from old.author_id)
  execute function private.forget_summaries();

alter table private.chat_summaries enable row level security;

create policy "nobody reads summaries" on private.chat_summaries for select to authenticated using (false);

revoke all on private.chat_summaries from anon, authenticated, service_role;
grant execute on function
  public.reply_summary(uuid, uuid, uuid, integer), private.reply_summary(uuid, uuid, uuid, integer),
  public.keep_summary(uuid, uuid, uuid, integer, text, text), private.keep_summary(uuid, uuid, uuid, integer, text, text)
to service_role;
