import { useState } from 'preact/hooks';
import { MAX_CODE_CHARACTERS, type Relative } from '../../lib/model/family.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { TextField } from '../parts/TextField.tsx';
import { useAction } from '../parts/use-action.ts';
import { fullName } from './family-words.ts';

/** A minor enters the code of an adult, sees whose it is, and then decides. */
export function EnterCode({ isFirst }: { isFirst: boolean }) {
  const panel = usePanel();
  const [code, setCode] = useState('');
  const [found, setFound] = useState<Relative | null>(null);
  const { busy, failure, run, clear } = useAction();

  async function look(event: Event): Promise<void> {
    event.preventDefault();
    if (code.trim() === '') return;
    await run(async () => setFound(await panel.client.request('lookAtGuardianCode', { code })));
  }

  async function accept(): Promise<void> {
    if (!panel.isSeen('guardian')) return;
    if (!(await run(() => panel.client.request('acceptGuardian', { code })))) return;
    setFound(null);
    setCode('');
    panel.toaster.show('Your guardian is linked to your account.');
  }

  if (found !== null)
    return (
      <div class="family-part family-asked">
        <p>
          <b>
            <bdi>{fullName(found)}</bdi>
          </b>{' '}
          will look after your account. They can turn your group chats off and on; they read none of your chats.
        </p>
        <p>You cannot undo this yourself. Say yes only if this is your parent or guardian.</p>
        <FailureNote failure={failure} />
        <div class="family-buttons">
          <Button onClick={() => setFound(null)}>No, go back</Button>
          <Button look="primary" busy={busy} onClick={() => void accept()}>
            Yes, link us
          </Button>
        </div>
      </div>
    );
  return (
    <form class="family-part" noValidate onSubmit={look} onInput={clear}>
      <p>
        {isFirst
          ? 'A parent or guardian can look after your account. They make a code in their own Sideroom and give it to you.'
          : 'Another guardian gives you a code of their own.'}
      </p>
      <TextField
        label="Code of your guardian"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        maxLength={MAX_CODE_CHARACTERS}
        placeholder="ABCDE-FGHJK"
        value={code}
        onInput={setCode}
      />
      <FailureNote failure={failure} />
      <div class="family-buttons">
        <Button type="submit" look="primary" busy={busy} disabled={code.trim() === ''}>
          Look whose code it is
        </Button>
      </div>
    </form>
  );
}
