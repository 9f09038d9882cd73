import { useState } from 'preact/hooks';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { TextField } from '../parts/TextField.tsx';
import { useAction } from '../parts/use-action.ts';
import { useFirstFocus } from '../parts/use-first-focus.ts';
import { CODE_LENGTH, codeDigits, isEmail } from './credentials.ts';

interface CodeFormProps {
  email: string;
  onEmail: (email: string) => void;
  /** Whether a code is on its way already. */
  isSent: boolean;
  onOtherWay: () => void;
}

/** Sign in, or up, without a password: first the address, then the code that was sent there. */
export function CodeForm({ email, onEmail, isSent, onOtherWay }: CodeFormProps) {
  const panel = usePanel();
  const [sent, setSent] = useState(isSent);
  const [checked, setChecked] = useState(false);
  const { busy, failure, run, clear } = useAction();
  const problem = checked && !isEmail(email) ? 'It should look like ana@example.org.' : null;

  async function handleSubmit(event: Event): Promise<void> {
    event.preventDefault();
    setChecked(true);
    if (!isEmail(email) || !panel.isSeen('sign-in')) return;
    if (await run(() => panel.client.request('requestCode', { email: email.trim() }))) setSent(true);
  }

  if (sent) return <CodeEntry email={email.trim()} onOtherAddress={() => setSent(false)} />;
  return (
    <form class="form" noValidate onSubmit={handleSubmit} onInput={clear}>
      <TextField
        label="E-mail"
        type="email"
        autocomplete="email"
        value={email}
        onInput={onEmail}
        problem={problem}
        hint="You get a code of six digits. If you are new here, this makes your account."
      />
      <FailureNote failure={failure} />
      <Button type="submit" look="primary" wide busy={busy}>
        Send me a code
      </Button>
      <div class="form-ways">
        <Button look="quiet" onClick={onOtherWay}>
          Use a password
        </Button>
      </div>
    </form>
  );
}

function CodeEntry({ email, onOtherAddress }: { email: string; onOtherAddress: () => void }) {
  const panel = usePanel();
  const [code, setCode] = useState('');
  const [again, setAgain] = useState(false);
  const verify = useAction();
  const resend = useAction();
  const field = useFirstFocus<HTMLInputElement>();
  const mailUrl = panel.app.value?.mailUrl ?? null;

  async function check(digits: string): Promise<void> {
    if (digits.length !== CODE_LENGTH || !panel.isSeen('sign-in')) return;
    await verify.run(() => panel.client.request('verifyCode', { email, code: digits }));
  }

  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void check(code);
      }}
    >
      <p>
        {again ? 'A new code is on its way to ' : 'A code is on its way to '}
        <b>{email}</b>.
      </p>
      {mailUrl !== null && (
        <p class="mail-hint">
          This is a development server: no mail leaves it.{' '}
          <a href={mailUrl} target="_blank" rel="noopener noreferrer">
            Read the code in the development inbox
          </a>
        </p>
      )}
      <TextField
        label="Code"
        inputMode="numeric"
        autocomplete="one-time-code"
        value={code}
        inputRef={field}
        onInput={(text) => {
          const digits = codeDigits(text);
          setCode(digits);
          verify.clear();
          void check(digits);
        }}
      />
      <FailureNote failure={verify.failure ?? resend.failure} />
      <Button type="submit" look="primary" wide busy={verify.busy}>
        Go on
      </Button>
      <div class="form-ways">
        <Button
          look="quiet"
          busy={resend.busy}
          onClick={async () => {
            if (panel.isSeen('sign-in'))
              setAgain(await resend.run(() => panel.client.request('requestCode', { email })));
          }}
        >
          Send a new code
        </Button>
        <Button look="quiet" onClick={onOtherAddress}>
          Use another address
        </Button>
      </div>
    </form>
  );
}
