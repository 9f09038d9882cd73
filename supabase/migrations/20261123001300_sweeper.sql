-- Sweeper: replies that nobody poked, or whose worker died, are taken up again. Where pg_cron and pg_net exist (hosted), the
-- database itself calls the function; elsewhere whoever runs the functions does. The secrets project_url and secret_key stand in
-- Vault (see the README); without them the sweep does nothing.

create function private.reply_due() returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from public.reply_jobs j
    where (j.state = 'queued' and j.run_after <= now()) or (j.state = 'running' and j.lease_until < now()))
$$;

comment on function private.reply_due() is 'Whether any reply waits for a worker. Definer, for the scheduler.';

create function public.reply_due() returns boolean
language sql stable security invoker set search_path = '' as $$ select private.reply_due() $$;

comment on function public.reply_due() is 'For whoever runs the functions: whether a call of reply would find work.';

grant execute on function public.reply_due(), private.reply_due() to service_role;

do $outer$
begin
  if (select count(*) from pg_available_extensions where name in ('pg_cron', 'pg_net', 'supabase_vault')) < 3 then
    return;
  end if;
  create extension if not exists pg_cron with schema pg_catalog;
  create extension if not exists pg_net with schema extensions;
  execute $sql$
    create function private.sweep_replies() returns void
    language plpgsql security definer set search_path = '' as $body$
    declare
      v_url text := (select decrypted_secret from vault.decrypted_secrets where name = 'project_url');
      v_key text := (select decrypted_secret from vault.decrypted_secrets where name = 'secret_key');
    begin
      if v_url is not null and v_key is not null and private.reply_due() then
        perform net.http_post(
          url := v_url || '/functions/v1/reply', body := '{}'::jsonb,
          headers := jsonb_build_object('content-type', 'application/json', 'apikey', v_key));
      end if;
    end
    $body$
  $sql$;
  comment on function private.sweep_replies() is 'Definer, for pg_cron: calls the function reply when work is due.';
  perform cron.schedule('reply-sweep', '10 seconds', 'select private.sweep_replies()');
end
$outer$;
