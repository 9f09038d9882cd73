import { useState } from 'preact/hooks';
import type { GuardianCode } from '../../lib/model/family.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { useAction } from '../parts/use-action.ts';
import { clockTime } from '../time-words.ts';
import { shownCode } from './family-words.ts';

/** An adult makes a code for somebody under 18, who enters and confirms it. */
export function MakeCode({ isFirst }: { isFirst: boolean }) {
  const panel = usePanel();
  const [made, setMade] = useState<GuardianCode | null>(null);
  const { busy, failure, run } = useAction();

  async function make(): Promise<void> {
    if (panel.isSeen('guardian')) await run(async () => setMade(await panel.client.request('makeGuardianCode', {})));
  }

  return (
    <div class="family-part">
      {isFirst && made === null && (
        <p>
          If you look after somebody under 18, link their account to yours. You can then turn group chats off for them.
          You cannot read their chats, and they see that you are linked.
        </p>
      )}
      {made !== null && (
        <div class="family-code">
          <output aria-label="Your code">{shownCode(made.code)}</output>
          <p>
            They open “Your guardian” in their account menu and enter it there, until{' '}
            {clockTime(new Date(made.expiresAt))}. It works once.
          </p>
        </div>
      )}
      <FailureNote failure={failure} />
      <div class="family-buttons">
        <Button
          look={made === null && isFirst ? 'primary' : 'plain'}
          icon="key"
          busy={busy}
          onClick={() => void make()}
        >
          {made === null ? (isFirst ? 'Make a code' : 'Link another account') : 'Make a new code'}
        </Button>
      </div>
    </div>
  );
}
