import { useState } from 'preact/hooks';
import { newId } from '../../lib/model/ids.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { Sheet } from '../parts/Sheet.tsx';
import { TextField } from '../parts/TextField.tsx';
import { useAction } from '../parts/use-action.ts';

/** As the database counts. */
const MAX_TITLE = 80;

/** A name makes a group; the next thing is to invite somebody. */
export function NewGroupSheet({ onClose }: { onClose: () => void }) {
  const panel = usePanel();
  const [title, setTitle] = useState('');
  // One id however often it is tried: a second try after a lost answer makes no second group.
  const [id] = useState(newId);
  const [checked, setChecked] = useState(false);
  const { busy, failure, run, clear } = useAction();
  const name = title.trim();

  async function handleSubmit(event: Event): Promise<void> {
    event.preventDefault();
    setChecked(true);
    if (name === '' || !(await run(() => panel.client.request('createChat', { id, kind: 'group', title: name }))))
      return;
    panel.client.watch(id);
    panel.openSheet('invite');
  }

  return (
    <Sheet title="New group" onClose={onClose}>
      <form class="form" noValidate onSubmit={handleSubmit} onInput={clear}>
        <TextField
          label="Name"
          placeholder="Book club"
          maxLength={MAX_TITLE}
          value={title}
          onInput={setTitle}
          problem={checked && name === '' ? 'Give the group a name.' : null}
          dir="auto"
          isFirst
        />
        <FailureNote failure={failure} />
        <Button type="submit" look="primary" wide busy={busy}>
          Create group
        </Button>
      </form>
    </Sheet>
  );
}
