-- What a summary of earlier messages used counts for the answer that it was made for.

alter table private.model_use
  drop constraint model_use_purpose_known,
  add constraint model_use_purpose_known check (purpose in ('gate', 'summary', 'answer'));

comment on function public.note_use(uuid, text) is 'For the function reply: JSON {id, purpose: gate | summary | answer, model, asked, slot, input_tokens, cached_tokens, output_tokens, pictures, searches} of a call of a model.';
