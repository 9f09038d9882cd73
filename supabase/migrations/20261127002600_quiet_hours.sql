-- Quiet hours: when a person wants to see no notifications. They belong to the person, so that each of their browsers keeps them.

alter table public.accounts
  add column quiet_from text
    constraint accounts_quiet_from_time check (quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  add column quiet_to text
    constraint accounts_quiet_to_time check (quiet_to ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  add column quiet_zone text
    constraint accounts_quiet_zone_name check (quiet_zone ~ '^[A-Za-z0-9_+/-]{1,64}$'),
  add constraint accounts_quiet_hours_whole check (num_nulls(quiet_from, quiet_to, quiet_zone) in (0, 3)),
  add constraint accounts_quiet_hours_last check (quiet_from <> quiet_to);

comment on column public.accounts.quiet_from is 'Local time HH:MM at which quiet hours begin. Null, like the two below: none.';
comment on column public.accounts.quiet_to is 'Local time HH:MM at which they end; on the next day when it is the earlier one.';
comment on column public.accounts.quiet_zone is 'IANA name of the time zone in which they were chosen.';

create function private.tell_quiet_hours() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.tell(new.user_id, 'quiet_hours', '{}');
  return null;
end
$$;

comment on function private.tell_quiet_hours() is 'Trigger: has the person''s other browsers read their quiet hours again. Definer, because nobody may broadcast.';

create trigger accounts_tell_quiet_hours after update of quiet_from, quiet_to, quiet_zone on public.accounts
  for each row
  when ((old.quiet_from, old.quiet_to, old.quiet_zone) is distinct from (new.quiet_from, new.quiet_to, new.quiet_zone))
  execute function private.tell_quiet_hours();

grant update (quiet_from, quiet_to, quiet_zone) on public.accounts to authenticated;
