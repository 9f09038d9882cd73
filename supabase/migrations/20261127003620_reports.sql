-- Reports: a person shows the operator a message. The bundle holds it and a few messages around it, as the reporter could read them
-- then: what is edited or deleted later stays in it.
--
-- Another error code: SR071 too many reports.

create table private.reports (
  id uuid primary key default gen_random_uuid(),
  reporter_id uuid references public.profiles (id) on delete set null,
  message_id uuid not null,
  chat_id uuid not null,
  author_id uuid,
  reason text not null
    constraint reports_reason_known check (reason in ('harassment', 'hate', 'threat', 'sexual', 'self_harm', 'spam', 'other')),
  comment text not null default ''
    constraint reports_comment_length check (char_length(comment) <= 1000),
  bundle jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  resolved_at timestamptz,
  outcome text
    constraint reports_outcome_of_resolved check ((outcome is null) = (resolved_at is null)),
  constraint reports_once unique (reporter_id, message_id)
);

create index reports_open on private.reports (created_at) where resolved_at is null;
create index reports_by_message on private.reports (message_id);

comment on table private.reports is 'Messages that people showed to the operator. Outlives message, chat and accounts; resolved ones go after half a year.';
comment on column private.reports.reporter_id is 'Null when that person deleted their account. Nobody in the chat learns of it.';
comment on column private.reports.bundle is 'What the reporter could read: {chat: {kind, title}, message, before, after}, each message {id, seq, at, kind, author_id, author, username, body, files}.';

create view public.report_queue with (security_invoker = true) as
  select r.id, r.created_at, r.reason, r.comment, r.reporter_id, r.author_id, r.chat_id, r.message_id, r.bundle,
    (select count(*) from private.reports o where o.message_id = r.message_id) as reports_of_message,
    (select count(*) from private.reports o where o.author_id = r.author_id) as reports_of_author
  from private.reports r
  where r.resolved_at is null
  order by r.created_at;

comment on view public.report_queue is 'For the operator, with the project''s secret key alone: open reports, oldest first. author_id null: the AI said it. resolve_report takes one off the queue.';

create function private.reported_message(m public.messages) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('id', m.id, 'seq', m.seq, 'at', m.created_at, 'kind', m.kind, 'author_id', m.author_id,
    'author', p.display_name, 'username', p.username, 'body', m.body,
    'files', (select coalesce(jsonb_agg(f ->> 'name'), '[]') from jsonb_array_elements(m.attachments) f))
  from (select) one left join public.profiles p on p.id = m.author_id
$$;

comment on function private.reported_message(public.messages) is 'A message as a bundle keeps it.';

create function private.report_message(p_message uuid, p_reason text, p_comment text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_me uuid := private.require_user();
  v_from bigint;
  v_message public.messages;
begin
  -- Of many at once no more than the limit come through.
  perform 1 from public.accounts a where a.user_id = v_me for update;
  select b.history_from into v_from from public.members b join public.messages m on m.chat_id = b.chat_id
  where m.id = p_message and b.user_id = v_me;
  select * into v_message from public.messages m
  where m.id = p_message and m.seq >= v_from and m.kind <> 'system' and m.deleted_at is null;
  if v_message.id is null or v_message.author_id = v_me then
    raise exception 'no such message' using errcode = 'SR007', hint = 'This message is not there any more.';
  end if;
  if exists (select 1 from private.reports r where r.reporter_id = v_me and r.message_id = p_message) then
    return;
  end if;
  if (select count(*) from private.reports r where r.reporter_id = v_me and r.created_at > now() - interval '1 hour') >= 10 then
    raise exception 'too many reports' using errcode = 'SR071', hint = 'You have reported a lot within this hour. Go on later.';
  end if;
  insert into private.reports (reporter_id, message_id, chat_id, author_id, reason, comment, bundle)
  select v_me, p_message, v_message.chat_id, v_message.author_id, p_reason, btrim(coalesce(p_comment, '')), jsonb_build_object(
    'chat', jsonb_build_object('kind', c.kind, 'title', c.title),
    'message', private.reported_message(v_message),
    'before', (
      select coalesce(jsonb_agg(private.reported_message(a.n) order by (a.n).seq), '[]') from (
        select m as n from public.messages m where m.chat_id = c.id and m.seq < v_message.seq and m.seq >= v_from
          and m.kind <> 'system' and m.deleted_at is null order by m.seq desc limit 4) a (n)),
    'after', (
      select coalesce(jsonb_agg(private.reported_message(a.n) order by (a.n).seq), '[]') from (
        select m as n from public.messages m where m.chat_id = c.id and m.seq > v_message.seq
          and m.kind <> 'system' and m.deleted_at is null order by m.seq limit 4) a (n)))
  from public.chats c where c.id = v_message.chat_id;
end
$$;

comment on function private.report_message(uuid, text, text) is 'Definer: reports are not writable. The bundle is what the caller may read. The same message again is one report.';

create function public.report_message(p_message uuid, p_reason text, p_comment text default '') returns void
language sql volatile security invoker set search_path = '' as $$ select private.report_message(p_message, p_reason, p_comment) $$;

comment on function public.report_message(uuid, text, text) is 'Shows the operator a message of somebody else or the AI, for a reason of harassment, hate, threat, sexual, self_harm, spam or other. Raises SR007, SR071 (ten within an hour) or the checks of reports.';

create function private.my_reports() returns setof jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('message_id', r.message_id, 'reason', r.reason, 'comment', r.comment, 'created_at', r.created_at,
    'resolved_at', r.resolved_at)
  from private.reports r where r.reporter_id = (select auth.uid()) order by r.created_at
$$;

comment on function private.my_reports() is 'Definer: what the caller reported, without the words of others.';

create function public.my_reports() returns setof jsonb
language sql stable security invoker set search_path = '' as $$ select private.my_reports() $$;

comment on function public.my_reports() is 'What the caller reported: {message_id, reason, comment, created_at, resolved_at}.';

create function private.resolve_report(p_report uuid, p_outcome text) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  update private.reports set resolved_at = now(), outcome = p_outcome where id = p_report and resolved_at is null;
  return found;
end
$$;

comment on function private.resolve_report(uuid, text) is 'Definer: takes a report off the queue, with what came of it.';

create function public.resolve_report(p_report uuid, p_outcome text) returns boolean
language sql volatile security invoker set search_path = '' as $$ select private.resolve_report(p_report, p_outcome) $$;

comment on function public.resolve_report(uuid, text) is 'For the operator: false when it was resolved before.';

alter table private.reports enable row level security;

create policy "nobody reads reports" on private.reports for select to authenticated using (false);

revoke all on private.reports, public.report_queue from anon, authenticated, service_role;
grant select on private.reports, public.report_queue to service_role;
grant execute on function
  public.report_message(uuid, text, text), private.report_message(uuid, text, text), public.my_reports(), private.my_reports()
to authenticated;
grant execute on function public.resolve_report(uuid, text), private.resolve_report(uuid, text) to service_role;
