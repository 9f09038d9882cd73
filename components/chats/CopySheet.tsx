import { useState } from 'preact/hooks';
import { MAX_TITLE_CHARACTERS } from '../../lib/model/chat.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { newId } from '../../lib/model/ids.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { Sheet } from '../parts/Sheet.tsx';
import { TextField } from '../parts/TextField.tsx';
import { useAction } from '../parts/use-action.ts';
import './copy-sheet.css';

/** Makes a group out of a solo chat; the next thing is to invite somebody. */
export function CopySheet({ view: { chat }, onClose }: { view: ChatView; onClose: () => void }) {
  const panel = usePanel();
  const [title, setTitle] = useState(chat.title);
  // One id however often it is tried: a second try after a lost answer makes no second group.
  const [id] = useState(newId);
  const [checked, setChecked] = useState(false);
  const { busy, failure, run, clear } = useAction();
  const name = title.trim();

  async function handleSubmit(event: Event): Promise<void> {
    event.preventDefault();
    setChecked(true);
    if (name === '' || !panel.isSeen('invite')) return;
    if (!(await run(() => panel.client.request('copyChat', { chatId: chat.id, id, title: name })))) return;
    panel.client.watch(id);
    panel.openSheet('invite');
  }

  return (
    <Sheet title="Bring people in" onClose={onClose}>
      <form class="form" noValidate onSubmit={handleSubmit} onInput={clear}>
        <p class="copy-words">
          This makes a group with a copy of everything said here, files too. Whoever you invite can read it. This chat
          stays yours alone.
        </p>
        <TextField
          label="Name of the group"
          placeholder="Book club"
          maxLength={MAX_TITLE_CHARACTERS}
          value={title}
          onInput={setTitle}
          problem={checked && name === '' ? 'Give the group a name.' : null}
          dir="auto"
          isFirst
        />
        <FailureNote failure={failure} />
        <Button type="submit" look="primary" wide busy={busy}>
          Make the group
        </Button>
      </form>
    </Sheet>
  );
}
