import { useState } from 'preact/hooks';
import type { Fate } from '../../lib/model/account.ts';
import type { Person } from '../../lib/model/chat.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { Choice } from '../parts/Choice.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { TextField } from '../parts/TextField.tsx';
import { useAction } from '../parts/use-action.ts';
import { plural } from '../time-words.ts';

const MESSAGES: readonly (readonly [Fate, string])[] = [
  ['remove', 'are deleted'],
  ['keep', 'stay, without your name'],
];
const FILES: readonly (readonly [Fate, string])[] = [
  ['remove', 'are deleted'],
  ['keep', 'stay with the messages'],
];

/** The way out: what becomes of what was said, and the username typed, so that nobody goes by mistake. */
export function DeleteAccount({ me }: { me: Person }) {
  const panel = usePanel();
  const [isOpen, setOpen] = useState(false);
  const [messages, setMessages] = useState<Fate>('remove');
  const [files, setFiles] = useState<Fate>('remove');
  const [typed, setTyped] = useState('');
  const action = useAction();
  const isNamed = typed.trim().toLowerCase() === me.username.toLowerCase();
  const mine = panel.app.value?.chats.filter(({ kind, creatorId }) => kind === 'group' && creatorId === me.id) ?? [];

  async function handleSubmit(event: Event): Promise<void> {
    event.preventDefault();
    if (!isNamed || !panel.isSeen('delete')) return;
    const params = { typed, messages, files: messages === 'remove' ? 'remove' : files } as const;
    if (await action.run(() => panel.client.request('deleteAccount', params)))
      panel.toaster.show('Your account is deleted. Take care.');
  }

  if (!isOpen)
    return (
      <section class="privacy-part">
        <h3>Leave for good</h3>
        <Button icon="trash" onClick={() => setOpen(true)}>
          Delete my account
        </Button>
      </section>
    );
  return (
    <form class="privacy-part confirm" noValidate onSubmit={handleSubmit} onInput={action.clear}>
      <h3>Delete my account</h3>
      <p>
        You leave all groups, your own chats with the AI go, and you are signed out everywhere. It cannot be undone.
        {mine.length > 0 &&
          ` ${plural(mine.length, 'group')} that you look after ${mine.length === 1 ? 'passes' : 'pass'} to whoever has been there longest; to choose somebody, hand over first.`}
      </p>
      <Choice label="My messages in groups" choices={MESSAGES} value={messages} onChoose={setMessages} />
      {messages === 'keep' && <Choice label="My files in them" choices={FILES} value={files} onChoose={setFiles} />}
      <TextField
        label={`Type your username, ${me.username}, to delete your account`}
        value={typed}
        onInput={setTyped}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        isFirst
      />
      <FailureNote failure={action.failure} />
      <div class="confirm-buttons">
        <Button onClick={() => setOpen(false)}>Keep</Button>
        <Button type="submit" look="danger" busy={action.busy} disabled={!isNamed}>
          Delete my account
        </Button>
      </div>
    </form>
  );
}
