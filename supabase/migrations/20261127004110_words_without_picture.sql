-- Words without a picture: an answer may have something to say though the picture that was asked for with it stands against the plan of
-- the person answered. The words are for all; that a picture is missing, and until when, that person alone is told.

comment on column public.reply_jobs.error is 'Why it failed: unreachable, unauthorized, limited, credit, too_long, refused, model, crashed, unknown; or which limit stands against it: quota, pictures, ceiling. With an answer that is done: pictures, when it came without the one asked for.';

create function private.tell_no_picture() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  v_period interval;
begin
  select p.pictures_period into v_period
  from public.accounts a join private.plans p on p.id = a.plan where a.user_id = new.asker_id;
  if v_period is not null then
    perform private.tell(new.asker_id, 'limit', jsonb_build_object('chat_id', new.chat_id, 'message_id', new.trigger_message_id,
      'resets_at', private.period_start(v_period) + v_period, 'reason', new.error));
  end if;
  return null;
end
$$;

comment on function private.tell_no_picture() is 'Trigger: an answer is done, but for the picture that its asker has no more of for now; they alone are told.';

create trigger reply_jobs_tell_no_picture after update of state on public.reply_jobs
  for each row when (new.state = 'done' and old.state <> 'done' and new.error = 'pictures')
  execute function private.tell_no_picture();
