-- What summaries use of models is counted as what it is, and so is their money.

alter table private.model_use
  drop constraint model_use_purpose_known,
  add constraint model_use_purpose_known check (purpose in ('gate', 'answer', 'summary'));

comment on column private.model_use.purpose is 'gate: whether to say anything. answer. summary: notes about older messages, for an answer.';

comment on function public.note_use(uuid, text) is 'For the function reply: JSON {id, purpose: gate | answer | summary, model, asked, slot, input_tokens, cached_tokens, output_tokens, pictures, searches} of a call of a model.';
