import { useState } from 'preact/hooks';
import { type ChatSummary, titleOf } from '../../lib/model/chat.ts';
import { shownName } from '../../lib/model/shown-name.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { TextField } from '../parts/TextField.tsx';
import { useAction } from '../parts/use-action.ts';
import { useFirstFocus } from '../parts/use-first-focus.ts';

interface DeleteForAllProps {
  chat: ChatSummary;
  onBack: () => void;
  onDeleted: () => void;
}

/** The creator ends a group; typing its name shows that this very group is meant. */
export function DeleteForAll({ chat, onBack, onDeleted }: DeleteForAllProps) {
  const panel = usePanel();
  const [title, setTitle] = useState('');
  const field = useFirstFocus<HTMLInputElement>();
  const action = useAction();
  // As it is seen: a member may have put letters into the name that nobody can type.
  const isNamed = shownName(title, '') === titleOf(chat);

  async function handleSubmit(event: Event): Promise<void> {
    event.preventDefault();
    if (!isNamed || !panel.isSeen('delete')) return;
    if (await action.run(() => panel.client.request('deleteChat', { chatId: chat.id, title: chat.title }))) onDeleted();
  }

  return (
    <form class="confirm" noValidate onSubmit={handleSubmit} onInput={action.clear}>
      <p>
        Nobody will get into <b dir="auto">{titleOf(chat)}</b> any more, or see what was said in it.
      </p>
      <TextField
        label="Type the name of the group to delete it"
        value={title}
        onInput={setTitle}
        autocomplete="off"
        spellcheck={false}
        dir="auto"
        inputRef={field}
      />
      <FailureNote failure={action.failure} />
      <div class="confirm-buttons">
        <Button onClick={onBack}>Keep</Button>
        <Button type="submit" look="danger" busy={action.busy} disabled={!isNamed}>
          Delete for everyone
        </Button>
      </div>
    </form>
  );
}
