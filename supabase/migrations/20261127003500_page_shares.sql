-- Page shares: what people share of a webpage. They come with their message, in its own transaction: the client writes them whole into
-- messages.shares, and a trigger keeps the text in rows of their own and leaves a light copy for lists. What stays secret was masked
-- before: the server stores what the person saw in the preview and nothing else.

create table public.page_shares (
  id uuid primary key,
  chat_id uuid not null references public.chats (id) on delete cascade,
  -- The rows are written just before the message is.
  message_id uuid not null references public.messages (id) on delete cascade deferrable initially deferred,
  place smallint not null,
  kind text not null constraint page_shares_kind_known check (kind in ('article', 'selection', 'screenshot')),
  url text not null constraint page_shares_url_of_web check (url ~ '^https?://[^\s/]\S*$' and char_length(url) <= 2000),
  page_hash text not null,
  title text not null constraint page_shares_title_length check (title ~ '\S' and char_length(title) <= 300),
  author text constraint page_shares_author_length check (char_length(author) <= 300),
  published_at text constraint page_shares_published_form check (published_at ~ '^\d{4}(-\d\d(-\d\d(T[0-9:.,Z+-]+)?)?)?$' and char_length(published_at) <= 40),
  "language" text constraint page_shares_language_form check (language ~ '^[A-Za-z0-9-]{2,35}$'),
  text text not null constraint page_shares_text_length check (char_length(text) <= 100000),
  anchor jsonb,
  screenshot_id uuid references public.attachments (id) on delete cascade,
  constraint page_shares_text_of_words check ((kind = 'screenshot') = (text = '')),
  constraint page_shares_picture_of_screenshot check ((kind = 'screenshot') = (screenshot_id is not null)),
  constraint page_shares_anchor_of_selection check (
    (kind = 'selection') = (anchor is not null)
    and (anchor is null or (
      jsonb_typeof(anchor) = 'object'
      and jsonb_typeof(anchor -> 'prefix') = 'string' and char_length(anchor ->> 'prefix') <= 64
      and jsonb_typeof(anchor -> 'suffix') = 'string' and char_length(anchor ->> 'suffix') <= 64
      and jsonb_typeof(anchor -> 'exact') = 'string' and char_length(anchor ->> 'exact') between 1 and 100000
      and jsonb_typeof(anchor -> 'start') = 'number' and jsonb_typeof(anchor -> 'end') = 'number') is true))
);

create index page_shares_by_message on public.page_shares (message_id);
create index page_shares_by_page on public.page_shares (chat_id, page_hash text_pattern_ops);
create index page_shares_by_screenshot on public.page_shares (screenshot_id);

comment on table public.page_shares is 'What was shared of webpages, as the person saw it in the preview. Read where its message is read, and gone with it.';
comment on column public.page_shares.id is 'Made by the client.';
comment on column public.page_shares.place is 'Among the shares of its message, from 1.';
comment on column public.page_shares.url is 'Canonical, without tracking parameters.';
comment on column public.page_shares.page_hash is 'Hex SHA-256 of the salt and the url, as in private.page_hash.';
comment on column public.page_shares.published_at is 'ISO 8601, as exact as the page said.';
comment on column public.page_shares.text is 'At most 100,000 characters; of a longer page its beginning. Markdown for articles.';
comment on column public.page_shares.anchor is 'Of a selection: {exact, prefix, suffix, start, end}, the W3C''s text quote and text position.';
comment on column public.page_shares.screenshot_id is 'One of the message''s attachments.';

alter table public.messages
  add column shares jsonb not null default '[]' constraint messages_shares_of_people
    check (jsonb_typeof(shares) = 'array' and (kind = 'member' or shares = '[]')),
  drop constraint messages_body_present,
  add constraint messages_body_present
    check (kind <> 'member' or deleted_at is not null or body ~ '\S' or attachment_ids <> '{}' or shares <> '[]');

comment on column public.messages.shares is 'Copy of what lists need of the page shares: [{id, kind, url, title, author, published_at, language, quote, characters, screenshot_id}]. Written with the whole ones, which a trigger replaces.';

create function private.max_shares() returns integer
language sql immutable security invoker set search_path = '' as $$ select 5 $$;

comment on function private.max_shares() is 'How many page shares one message takes.';

create function private.page_hash(p_url text) returns text
language sql immutable security invoker set search_path = '' as $$
  select encode(sha256(convert_to('sideroom page 1 ' || p_url, 'UTF8')), 'hex')
$$;

comment on function private.page_hash(text) is 'By which a page is looked up without its address. The client has the same salt in lib/model/page-lookup.ts.';

create function private.share_json(s public.page_shares) returns jsonb
language sql immutable security invoker set search_path = '' as $$
  select jsonb_build_object('id', s.id, 'kind', s.kind, 'url', s.url, 'title', s.title, 'author', s.author, 'published_at', s.published_at,
    'language', s.language, 'quote', left(s.text, 300), 'characters', char_length(s.text), 'screenshot_id', s.screenshot_id)
$$;

comment on function private.share_json(public.page_shares) is 'A share as its message carries it: its text by the first 300 characters only.';

create function private.whole_share_json(s public.page_shares) returns jsonb
language sql immutable security invoker set search_path = '' as $$
  select jsonb_build_object('id', s.id, 'kind', s.kind, 'url', s.url, 'title', s.title, 'author', s.author, 'published_at', s.published_at,
    'language', s.language, 'text', s.text, 'anchor', s.anchor, 'screenshot_id', s.screenshot_id)
$$;

comment on function private.whole_share_json(public.page_shares) is 'A share as it is sent.';

create function private.take_shares() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_light jsonb;
begin
  -- The embedded REST encodes a value of JSON twice.
  if jsonb_typeof(new.shares) = 'string' then
    new.shares := (new.shares #>> '{}')::jsonb;
  end if;
  if jsonb_typeof(new.shares) <> 'array' then
    raise exception 'no list of shares' using errcode = 'SR060', hint = 'This page cannot be shared like that. Share it again.';
  end if;
  if jsonb_array_length(new.shares) > private.max_shares() then
    raise exception 'too many shares' using errcode = 'SR061', hint = 'A message takes 5 page shares. Send the others in another one.';
  end if;
  begin
    insert into public.page_shares (
      id, chat_id, message_id, place, kind, url, page_hash, title, author, published_at, language, text, anchor, screenshot_id)
    select (s.value ->> 'id')::uuid, new.chat_id, new.id, s.place, s.value ->> 'kind', s.value ->> 'url',
      private.page_hash(s.value ->> 'url'), s.value ->> 'title', s.value ->> 'author', s.value ->> 'published_at',
      s.value ->> 'language', coalesce(s.value ->> 'text', ''), nullif(s.value -> 'anchor', 'null'), (s.value ->> 'screenshot_id')::uuid
    from jsonb_array_elements(new.shares) with ordinality s (value, place)
    where s.value ->> 'screenshot_id' is null or (s.value ->> 'screenshot_id')::uuid = any (new.attachment_ids)
    on conflict (id) do nothing;
  exception when check_violation or not_null_violation or data_exception then
    raise exception 'share malformed: %', sqlerrm using errcode = 'SR060', hint = 'This page cannot be shared like that. Share it again.';
  end;
  select coalesce(jsonb_agg(private.share_json(s) order by s.place), '[]') into v_light
  from public.page_shares s where s.message_id = new.id;
  if jsonb_array_length(v_light) < jsonb_array_length(new.shares) then
    raise exception 'share twice, or without its picture' using errcode = 'SR060', hint = 'This page cannot be shared like that. Share it again.';
  end if;
  new.shares := v_light;
  return new;
end
$$;

comment on function private.take_shares() is 'Trigger, after the ones that take the chat''s lock and the files: keeps the shares and leaves their light copy. Definer: nobody else writes shares.';

create trigger messages_take_shares before insert on public.messages
  for each row when (new.shares <> '[]') execute function private.take_shares();

create function private.drop_shares() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  delete from public.page_shares s where s.message_id = new.id;
  new.shares := '[]';
  return new;
end
$$;

comment on function private.drop_shares() is 'Trigger: a tombstone keeps nothing of what was shared.';

create trigger messages_drop_shares before update of deleted_at on public.messages
  for each row when (new.deleted_at is not null and new.shares <> '[]') execute function private.drop_shares();

alter table public.page_shares enable row level security;

create policy "whoever reads a message reads its page shares" on public.page_shares
  for select to authenticated
  using (exists (select 1 from public.messages m where m.id = message_id));

revoke all on public.page_shares from anon, authenticated, service_role;
grant select on public.page_shares to authenticated, service_role;
grant insert (shares) on public.messages to authenticated;
