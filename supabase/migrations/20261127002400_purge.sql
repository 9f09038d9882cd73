-- Purge: what nobody can see any more goes for good. Chats 30 days after they ended, files that were not sent after a day; the bytes
-- without a row are removed by the function purge, because only Storage removes bytes.

create function private.purge_rows() returns integer
language plpgsql security definer set search_path = '' as $$
declare
  v_chats integer;
  v_files integer;
begin
  -- Few at a time: each takes all that was said with it.
  delete from public.chats c where c.id in (
    select d.id from public.chats d where d.closed_at < now() - interval '30 days' order by d.closed_at limit 20 for update skip locked);
  get diagnostics v_chats = row_count;
  delete from public.attachments a where a.message_id is null and a.created_at < now() - interval '1 day';
  get diagnostics v_files = row_count;
  return v_chats + v_files;
end
$$;

comment on function private.purge_rows() is 'Definer: removes ended chats and unsent files whose time is over; returns how many.';

create function private.objects_to_purge(p_limit integer) returns setof text
language sql stable security definer set search_path = '' as $$
  select o.name from storage.objects o
  where o.bucket_id = 'attachments'
    -- A copy is being made: its bytes come before its rows.
    and o.created_at < now() - interval '1 hour'
    and not exists (
      select 1 from public.attachments a
      where a.id = private.attachment_of(o.name) and o.name in (a.chat_id || '/' || a.id, a.chat_id || '/' || a.id || '.thumb'))
  limit p_limit
$$;

comment on function private.objects_to_purge(integer) is 'Definer: names of objects that no file has.';

create function public.purge_rows() returns integer
language sql volatile security invoker set search_path = '' as $$ select private.purge_rows() $$;

comment on function public.purge_rows() is 'For the function purge: removes what is over; returns how many rows.';

create function public.objects_to_purge(p_limit integer) returns setof text
language sql stable security invoker set search_path = '' as $$ select private.objects_to_purge(p_limit) $$;

comment on function public.objects_to_purge(integer) is 'For the function purge: names of objects of the bucket attachments to be removed.';

create index chats_closed on public.chats (closed_at) where closed_at is not null;

grant execute on function
  public.purge_rows(), private.purge_rows(), public.objects_to_purge(integer), private.objects_to_purge(integer)
to service_role;

-- Created by the sweeper's migration where it exists.
do $outer$
begin
  if to_regprocedure('private.sweep_replies()') is null then
    return;
  end if;
  execute $sql$
    create function private.sweep_purge() returns void
    language plpgsql security definer set search_path = '' as $body$
    declare
      v_url text := (select decrypted_secret from vault.decrypted_secrets where name = 'project_url');
      v_key text := (select decrypted_secret from vault.decrypted_secrets where name = 'secret_key');
    begin
      if v_url is not null and v_key is not null then
        perform net.http_post(
          url := v_url || '/functions/v1/purge', body := '{}'::jsonb,
          headers := jsonb_build_object('content-type', 'application/json', 'apikey', v_key));
      end if;
    end
    $body$
  $sql$;
  comment on function private.sweep_purge() is 'Definer, for pg_cron: calls the function purge.';
  perform cron.schedule('purge', '17 * * * *', 'select private.sweep_purge()');
end
$outer$;
