import type { Signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Message } from '../../lib/model/chat.ts';
import { storableText } from '../../lib/model/text.ts';
import { LengthNote } from '../composer/LengthNote.tsx';
import { lengthOf } from '../composer/length.ts';
import { useGrowth } from '../composer/use-growth.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { useAction } from '../parts/use-action.ts';
import { useLayer } from '../parts/use-layer.ts';
import './edit-form.css';

interface EditFormProps {
  message: Message;
  text: Signal<string | null>;
}

/** A message's field while its author changes it. Enter saves, Escape leaves it as it was. */
export function EditForm({ message, text }: EditFormProps) {
  const { client, isSeen } = usePanel();
  const save = useAction();
  const field = useRef<HTMLTextAreaElement>(null);
  const typed = text.value ?? '';
  const body = storableText(typed).trim();
  const length = lengthOf(body);
  const isEmpty = body === '' && message.attachments.length + message.shares.length === 0;
  useGrowth(field, typed);
  useLayer(true, end);

  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
    field.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  function end(): void {
    text.value = null;
    document.querySelector<HTMLElement>('.composer textarea')?.focus();
  }

  async function submit(): Promise<void> {
    if (isEmpty || length.isOver || !isSeen('send')) return;
    const { id, chatId } = message;
    const isSaved =
      body === message.body || (await save.run(() => client.request('editMessage', { chatId, messageId: id, body })));
    if (isSaved) end();
  }

  function handleKey(event: KeyboardEvent): void {
    if (event.isComposing || event.key !== 'Enter' || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void submit();
  }

  return (
    <form
      class="edit-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <textarea
        ref={field}
        rows={1}
        dir="auto"
        aria-label="Change your message"
        aria-invalid={length.isOver}
        value={typed}
        onInput={(event) => {
          text.value = event.currentTarget.value;
          save.clear();
        }}
        onKeyDown={handleKey}
      />
      <FailureNote failure={save.failure} />
      <div class="edit-buttons">
        <LengthNote length={length} />
        <Button look="quiet" onClick={end}>
          Cancel
        </Button>
        <Button look="primary" type="submit" busy={save.busy} disabled={isEmpty || length.isOver}>
          Save
        </Button>
      </div>
    </form>
  );
}
