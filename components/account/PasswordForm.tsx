import { useState } from 'preact/hooks';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { TextField } from '../parts/TextField.tsx';
import { useAction } from '../parts/use-action.ts';
import { useFirstFocus } from '../parts/use-first-focus.ts';
import { isEmail, MIN_PASSWORD } from './credentials.ts';

interface PasswordFormProps {
  way: 'sign-in' | 'sign-up';
  email: string;
  onEmail: (email: string) => void;
  onWay: (way: 'sign-in' | 'sign-up' | 'code') => void;
  /** Signed up, and still signed out: the address has to be confirmed first. */
  onUnconfirmed: () => void;
}

export function PasswordForm({ way, email, onEmail, onWay, onUnconfirmed }: PasswordFormProps) {
  const panel = usePanel();
  const [password, setPassword] = useState('');
  const [checked, setChecked] = useState(false);
  const { busy, failure, run, clear } = useAction();
  const first = useFirstFocus<HTMLInputElement>();
  const isNew = way === 'sign-up';
  const emailProblem = checked && !isEmail(email) ? 'It should look like ana@example.org.' : null;
  const passwordProblem = checked ? passwordProblemOf(password, isNew) : null;

  async function handleSubmit(event: Event): Promise<void> {
    event.preventDefault();
    setChecked(true);
    if (!isEmail(email) || passwordProblemOf(password, isNew) !== null || !panel.isSeen('sign-in')) return;
    const worked = await run(() =>
      panel.client.request(isNew ? 'signUp' : 'signIn', { email: email.trim(), password }),
    );
    if (worked && isNew && panel.app.peek()?.session.name === 'signed-out') onUnconfirmed();
  }

  return (
    <form class="form" noValidate onSubmit={handleSubmit} onInput={clear}>
      <TextField
        label="E-mail"
        type="email"
        autocomplete="email"
        value={email}
        onInput={onEmail}
        inputRef={first}
        problem={emailProblem}
      />
      <TextField
        label="Password"
        type="password"
        autocomplete={isNew ? 'new-password' : 'current-password'}
        value={password}
        onInput={setPassword}
        problem={passwordProblem}
        {...(isNew ? { hint: `At least ${MIN_PASSWORD} characters.` } : {})}
      />
      <FailureNote failure={failure} />
      <Button type="submit" look="primary" wide busy={busy}>
        {isNew ? 'Create account' : 'Sign in'}
      </Button>
      <div class="form-ways">
        <Button look="quiet" onClick={() => onWay(isNew ? 'sign-in' : 'sign-up')}>
          {isNew ? 'I have an account' : 'Create an account'}
        </Button>
        <Button look="quiet" onClick={() => onWay('code')}>
          Use an e-mail code
        </Button>
      </div>
    </form>
  );
}

function passwordProblemOf(password: string, isNew: boolean): string | null {
  if (password === '') return 'Type your password.';
  return isNew && password.length < MIN_PASSWORD ? `Take at least ${MIN_PASSWORD} characters.` : null;
}
