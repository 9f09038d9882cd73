-- What the AI is doing, told apart: reading files, one shared page, or several. Panels that do not know the new words say that it thinks.

alter table public.reply_jobs drop constraint reply_jobs_status_known;

alter table public.reply_jobs add constraint reply_jobs_status_known
  check (status in ('reading', 'reading_page', 'reading_pages', 'searching', 'drawing'));

comment on column public.reply_jobs.status is 'What the AI does besides thinking and writing: reading (files), reading_page or reading_pages (page shares), searching (the web), drawing; null: nothing.';
comment on function public.show_reply_status(uuid, uuid, text) is 'For the function reply: a status of reply_jobs, or null. False when the lease was lost.';
