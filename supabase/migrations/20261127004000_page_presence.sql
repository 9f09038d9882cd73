-- Presence on the page: which members who look at a chat have the same page beside it. What comes here is a hash, salted with the chat,
-- and only of those who chose so in that chat. It is compared here and sent to nobody: those alone who sent the same one are told of
-- each other, so that nobody sees who does not show, and no member can go through the pages of another.

create table private.page_presence_choices (
  chat_id uuid not null,
  user_id uuid not null,
  primary key (chat_id, user_id),
  foreign key (chat_id, user_id) references public.members (chat_id, user_id) on delete cascade
);

comment on table private.page_presence_choices is 'Who wants to see, and be seen by, those of a chat who are on the same page. A row is a yes; it goes with the membership.';

create unlogged table private.page_presence (
  chat_id uuid not null,
  user_id uuid not null,
  page text not null constraint page_presence_page_shape check (page ~ '^[0-9a-f]{64}$'),
  visit uuid not null default gen_random_uuid(),
  seen_at timestamptz not null default clock_timestamp(),
  primary key (chat_id, user_id),
  foreign key (chat_id, user_id) references private.page_presence_choices (chat_id, user_id) on delete cascade,
  foreign key (chat_id, user_id) references private.presence (chat_id, user_id) on delete cascade
);

create index page_presence_by_time on private.page_presence (seen_at);

comment on table private.page_presence is 'The page beside a member who looks at a chat. Goes with the choice, with their presence there, and with the membership; nothing of earlier pages is kept.';
comment on column private.page_presence.page is 'Hex SHA-256 of a salt that names the chat, and the page''s address. Made on the member''s device, which keeps the address.';
comment on column private.page_presence.visit is 'Another one for each page: by it a member knows which page of theirs news are about, so that news name none.';

create function private.page_presence_lasts() returns interval
language sql immutable security invoker set search_path = '' as $$ select interval '60 seconds' $$;

comment on function private.page_presence_lasts() is 'How long somebody counts as being on a page after a beat; those who are there beat every 25 seconds.';

create function private.others_on_page(p_chat uuid, p_user uuid, p_page text)
returns table (user_id uuid, visit uuid, seconds numeric)
language sql stable security invoker set search_path = '' as $$
  select p.user_id, p.visit, extract(epoch from p.seen_at + private.page_presence_lasts() - clock_timestamp())
  from private.page_presence p
  where p.chat_id = p_chat and p.page = p_page and p.user_id <> p_user
    and p.seen_at > clock_timestamp() - private.page_presence_lasts() and not private.are_apart(p.user_id, p_user)
$$;

comment on function private.others_on_page(uuid, uuid, text) is 'Who else of the chat is on the page, by which visit of theirs, and for how many seconds that holds. Not those whom one of the two blocked.';

create function private.tell_page_presence() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if (tg_op = 'DELETE' and old.seen_at > clock_timestamp() - private.page_presence_lasts()) or (tg_op = 'UPDATE' and new.page <> old.page) then
    perform private.tell(o.user_id, 'page_presence',
      jsonb_build_object('chat_id', old.chat_id, 'user_id', old.user_id, 'visit', o.visit, 'here', false))
    from private.others_on_page(old.chat_id, old.user_id, old.page) o;
  end if;
  -- Whoever was not seen for long has been forgotten, and comes anew.
  if tg_op = 'INSERT' or (tg_op = 'UPDATE' and
      (new.page <> old.page or old.seen_at < clock_timestamp() - private.page_presence_lasts())) then
    perform private.tell(o.user_id, 'page_presence',
      jsonb_build_object('chat_id', new.chat_id, 'user_id', new.user_id, 'visit', o.visit, 'here', true))
    from private.others_on_page(new.chat_id, new.user_id, new.page) o;
  end if;
  return null;
end
$$;

comment on function private.tell_page_presence() is 'Trigger: tells those on the same page who comes and who goes, whatever made them go. On their own topics, because others of the chat are not to know; under the chat''s lock, so that a former member is told nothing.';

create trigger page_presence_told after insert or update or delete on private.page_presence
  for each row execute function private.tell_page_presence();

create function private.beat_on_page(p_chat uuid, p_typing boolean, p_page text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_me uuid := private.require_user();
  v_comes boolean;
  v_on boolean;
  v_visit uuid;
begin
  if p_page !~ '^[0-9a-f]{64}$' then
    raise exception 'not a hash' using errcode = 'SR090', hint = 'This page cannot be compared.';
  end if;
  -- Two who come to a page at the same moment would each miss the other: whoever comes waits for the chat's lock, whoever stays does not.
  v_comes := p_page is not null and not exists (
    select 1 from private.page_presence p where p.chat_id = p_chat and p.user_id = v_me and p.page = p_page
      and p.seen_at > clock_timestamp() - private.page_presence_lasts());
  if v_comes then
    perform 1 from public.chats c where c.id = p_chat for no key update;
  end if;
  perform private.beat(p_chat, true, p_typing);
  v_on := exists (select 1 from private.page_presence_choices c where c.chat_id = p_chat and c.user_id = v_me);
  if p_page is null or not v_on then
    delete from private.page_presence p where p.chat_id = p_chat and p.user_id = v_me;
    return jsonb_build_object('on', v_on, 'visit', null, 'here', '[]'::jsonb);
  end if;
  insert into private.page_presence as p (chat_id, user_id, page) values (p_chat, v_me, p_page)
  on conflict (chat_id, user_id) do update set page = excluded.page, seen_at = excluded.seen_at,
    visit = case when p.page = excluded.page then p.visit else excluded.visit end
  returning p.visit into v_visit;
  -- Whoever went without a word has left their page behind, here or in another chat. Nobody is told, and nothing waited for.
  if v_comes then
    delete from private.page_presence p where (p.chat_id, p.user_id) in (
      select e.chat_id, e.user_id from private.page_presence e
      where e.seen_at < clock_timestamp() - private.page_presence_lasts() for update skip locked);
  end if;
  return jsonb_build_object('on', true, 'visit', v_visit, 'here', coalesce((
    select jsonb_agg(jsonb_build_object('user_id', o.user_id, 'seconds', o.seconds))
    from private.others_on_page(p_chat, v_me, p_page) o), '[]'::jsonb));
end
$$;

comment on function private.beat_on_page(uuid, boolean, text) is 'Definer: the caller''s own presence and page. The beat itself refuses whoever is not a member, under the chat''s lock.';

create function public.beat_on_page(p_chat uuid, p_typing boolean default false, p_page text default null) returns jsonb
language sql volatile security invoker set search_path = '' as $$ select private.beat_on_page(p_chat, p_typing, p_page) $$;

comment on function public.beat_on_page(uuid, boolean, text) is 'As beat, by whoever looks at the chat with a page beside it; null: with none any more. Tells who else is on the page: {on, visit, here: [{user_id, seconds}]}; on: whether the caller chose so, without which nothing is kept; visit: what news of this page carry. Raises SR002, SR086 or SR090.';

create function private.set_page_presence(p_chat uuid, p_on boolean) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_me uuid;
  v_changed boolean;
begin
  -- Not shared: a beat that is under way must not find its choice gone.
  perform 1 from public.chats c where c.id = p_chat for no key update;
  v_me := private.require_member(p_chat);
  if p_on then
    insert into private.page_presence_choices (chat_id, user_id) values (p_chat, v_me) on conflict do nothing
    returning true into v_changed;
  else
    delete from private.page_presence_choices c where c.chat_id = p_chat and c.user_id = v_me returning true into v_changed;
  end if;
  if v_changed then
    perform private.tell(v_me, 'page_presence_choice', jsonb_build_object('chat_id', p_chat, 'on', p_on));
  end if;
end
$$;

comment on function private.set_page_presence(uuid, boolean) is 'Definer: the caller''s own choice. Without it, where they are is gone in the same transaction, and those on the page are told.';

create function public.set_page_presence(p_chat uuid, p_on boolean) returns void
language sql volatile security invoker set search_path = '' as $$ select private.set_page_presence(p_chat, p_on) $$;

comment on function public.set_page_presence(uuid, boolean) is 'Whether the caller and others of the chat who chose so too see each other when they are on the same page. Off until chosen. Raises SR002 or SR086.';

create function private.my_page_presence(p_chat uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from private.page_presence_choices c
    where c.chat_id = p_chat and c.user_id = (select auth.uid()) and c.chat_id in (select private.my_chat_ids()))
$$;

comment on function private.my_page_presence(uuid) is 'Definer: the caller''s own choice; others'' are nobody''s to read.';

create function public.my_page_presence(p_chat uuid) returns boolean
language sql stable security invoker set search_path = '' as $$ select private.my_page_presence(p_chat) $$;

comment on function public.my_page_presence(uuid) is 'Whether the caller chose so in this chat. False when the caller is not a member.';

alter table private.page_presence_choices enable row level security;
alter table private.page_presence enable row level security;

create policy "nobody reads who shows pages" on private.page_presence_choices for select to authenticated using (false);
create policy "nobody reads who is on a page" on private.page_presence for select to authenticated using (false);

revoke all on private.page_presence_choices, private.page_presence from anon, authenticated, service_role;
grant execute on function
  public.beat_on_page(uuid, boolean, text), private.beat_on_page(uuid, boolean, text),
  public.set_page_presence(uuid, boolean), private.set_page_presence(uuid, boolean),
  public.my_page_presence(uuid), private.my_page_presence(uuid)
to authenticated;
