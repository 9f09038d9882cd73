-- Silent replies: a state of reply jobs that the next migration uses. A new value of an enum must be committed before it is used.

alter type public.reply_state add value 'silent';

comment on type public.reply_state is 'Where a reply job stands: queued, running, or how it ended. silent: the AI had nothing to say.';
