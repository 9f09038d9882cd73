import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { MAX_TITLE_CHARACTERS } from '../../lib/model/chat.ts';
import { newId } from '../../lib/model/ids.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { TextField } from '../parts/TextField.tsx';
import { useAction } from '../parts/use-action.ts';

interface GroupNameFormProps {
  label: string;
  initial?: string;
  /** What is on the button. */
  action: string;
  /** Makes the group. */
  make: (group: { id: string; title: string }) => Promise<unknown>;
  /** Asked before anything is made. */
  mayMake?: () => boolean;
  /** Stands above the field. */
  children?: ComponentChildren;
}

/** A name makes a group; the next thing is to invite somebody. */
export function GroupNameForm({ label, initial = '', action, make, mayMake, children }: GroupNameFormProps) {
  const panel = usePanel();
  const [title, setTitle] = useState(initial);
  // One id however often it is tried: a second try after a lost answer makes no second group.
  const [id] = useState(newId);
  const [checked, setChecked] = useState(false);
  const { busy, failure, run, clear } = useAction();
  const name = title.trim();

  async function handleSubmit(event: Event): Promise<void> {
    event.preventDefault();
    setChecked(true);
    if (name === '' || mayMake?.() === false || !(await run(() => make({ id, title: name })))) return;
    panel.client.watch(id);
    panel.openSheet('invite');
  }

  return (
    <form class="form" noValidate onSubmit={handleSubmit} onInput={clear}>
      {children}
      <TextField
        label={label}
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
        {action}
      </Button>
    </form>
  );
}
