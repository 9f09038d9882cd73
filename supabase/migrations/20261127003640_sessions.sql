-- Sessions: where a person is signed in, and the ways to end that. Auth keeps the rows; a session that is gone is refreshed no more,
-- and the token that it has is good for at most an hour.

create function private.my_sessions() returns setof jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('id', s.id, 'created_at', s.created_at, 'used_at', coalesce(s.updated_at, s.created_at),
    'user_agent', s.user_agent, 'current', s.id::text = (select auth.jwt() ->> 'session_id'))
  from auth.sessions s
  where s.user_id = (select auth.uid()) and (s.not_after is null or s.not_after > now())
  order by coalesce(s.updated_at, s.created_at) desc
  limit 100
$$;

comment on function private.my_sessions() is 'Definer: Auth''s table is closed; of one''s own sessions one sees the browser and the times, not the address.';

create function public.my_sessions() returns setof jsonb
language sql stable security invoker set search_path = '' as $$ select private.my_sessions() $$;

comment on function public.my_sessions() is 'Where the caller is signed in, latest first: {id, created_at, used_at, user_agent, current}.';

create function private.end_session(p_session uuid) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  v_me uuid := private.require_user();
  v_count integer;
begin
  delete from auth.sessions s
  where s.user_id = v_me and s.id::text is distinct from (select auth.jwt() ->> 'session_id') and (p_session is null or s.id = p_session);
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

comment on function private.end_session(uuid) is 'Definer: one other session of the caller''s own, or all others.';

create function public.end_session(p_session uuid default null) returns integer
language sql volatile security invoker set search_path = '' as $$ select private.end_session(p_session) $$;

comment on function public.end_session(uuid) is 'Signs the caller out elsewhere: in one session, or (null) in all but the one that asks. Returns how many ended.';

grant execute on function
  public.my_sessions(), private.my_sessions(), public.end_session(uuid), private.end_session(uuid)
to authenticated;
