import { useState } from 'preact/hooks';
import type { Person } from '../../lib/model/chat.ts';
import type { AvatarChoice } from '../../lib/model/protocol.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { TextField } from '../parts/TextField.tsx';
import { useAction } from '../parts/use-action.ts';
import { AvatarField } from './AvatarField.tsx';
import './profile-form.css';
import { type UsernameState, useUsername } from './use-username.ts';
import { MAX_DISPLAY_NAME, normalizeUsername, suggestUsername } from './username.ts';

interface ProfileFormProps {
  /** The present profile, or just the id of somebody who has none yet. */
  person: Person | { readonly id: string };
  action: string;
  onSaved: () => void;
}

/** Name, username and picture: what other members see of a person. */
export function ProfileForm({ person, action, onSaved }: ProfileFormProps) {
  const panel = usePanel();
  const known = 'username' in person ? person : null;
  const [displayName, setDisplayName] = useState(known?.displayName ?? '');
  const [ownUsername, setOwnUsername] = useState(known?.username ?? null);
  const [avatar, setAvatar] = useState<AvatarChoice>({ kind: known === null ? 'generated' : 'keep' });
  const [checked, setChecked] = useState(false);
  const { busy, failure, run, clear } = useAction();
  const username = ownUsername ?? suggestUsername(displayName);
  const state = useUsername(username === known?.username ? '' : username);
  const name = displayName.trim();
  const nameProblem = checked && name === '' ? 'Type the name that others shall see.' : null;

  async function handleSubmit(event: Event): Promise<void> {
    event.preventDefault();
    setChecked(true);
    if (name === '' || username === '' || state.name === 'wrong' || state.name === 'taken') return;
    if (await run(() => panel.client.request('saveProfile', { displayName: name, username, avatar }))) onSaved();
  }

  return (
    <form class="form" noValidate onSubmit={handleSubmit} onInput={clear}>
      <AvatarField
        person={{ id: person.id, displayName: name, username, avatarPath: known?.avatarPath ?? null }}
        choice={avatar}
        onChoice={setAvatar}
      />
      <TextField
        label="Name"
        autocomplete="name"
        maxLength={MAX_DISPLAY_NAME}
        value={displayName}
        onInput={setDisplayName}
        problem={nameProblem}
        dir="auto"
      />
      <TextField
        label="Username"
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        value={username}
        onInput={(text) => setOwnUsername(normalizeUsername(text))}
        problem={problemOf(state) ?? (checked && username === '' ? 'Choose a username.' : null)}
        hint={hintOf(state, username)}
      />
      <FailureNote failure={failure} />
      <Button type="submit" look="primary" wide busy={busy}>
        {action}
      </Button>
    </form>
  );
}

function problemOf(state: UsernameState): string | null {
  if (state.name === 'wrong') return state.why;
  return state.name === 'taken' ? 'Somebody has this one already. Try another one.' : null;
}

function hintOf(state: UsernameState, username: string) {
  if (state.name === 'free') return <span class="good">@{username} is free.</span>;
  return 'Others mention you by it, as in @ana.';
}
