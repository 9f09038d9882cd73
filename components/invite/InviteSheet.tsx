import { useEffect, useRef, useState } from 'preact/hooks';
import { MAX_MEMBERS } from '../../lib/model/chat.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import type { Invite } from '../../lib/model/protocol.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { Confirm } from '../parts/Confirm.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { Sheet } from '../parts/Sheet.tsx';
import { useAction } from '../parts/use-action.ts';
import { expiryWords } from '../time-words.ts';
import { CopyLink } from './CopyLink.tsx';
import './invite-sheet.css';

/** Makes a link into the group at once, to be passed on by whatever means. */
export function InviteSheet({ view, onClose }: { view: ChatView; onClose: () => void }) {
  const panel = usePanel();
  const [invite, setInvite] = useState<Invite | null>(null);
  const [phase, setPhase] = useState<'link' | 'confirm' | 'reset'>('link');
  const { busy, failure, run } = useAction();
  const chatId = view.chat.id;
  const made = useRef(false);

  async function makeLink(): Promise<void> {
    if (await run(async () => setInvite(await panel.client.request('createInvite', { chatId })))) setPhase('link');
  }

  useEffect(() => {
    if (made.current) return;
    made.current = true;
    void makeLink();
  });

  return (
    <Sheet title={`Invite to ${view.chat.title}`} onClose={onClose}>
      {phase === 'reset' ? (
        <>
          <p role="status">Every earlier link has stopped working.</p>
          <FailureNote failure={failure} />
          <Button look="primary" wide busy={busy} onClick={() => panel.isSeen('invite') && void makeLink()}>
            Make a new link
          </Button>
        </>
      ) : (
        <>
          {failure === null ? (
            <>
              <p class="invite-words">{inviteWords(invite, panel.now.value)}</p>
              <CopyLink url={invite?.url ?? ''} />
            </>
          ) : (
            <>
              <FailureNote failure={failure} />
              <Button busy={busy} icon="retry" onClick={() => panel.isSeen('invite') && void makeLink()}>
                Try again
              </Button>
            </>
          )}
          {phase === 'link' ? (
            <div class="invite-reset">
              <Button look="quiet" onClick={() => setPhase('confirm')}>
                Reset all links
              </Button>
            </div>
          ) : (
            <Confirm
              action="Reset all links"
              isSeen={() => panel.isSeen('invite')}
              onConfirm={async () => {
                await panel.client.request('resetInvites', { chatId });
                setInvite(null);
              }}
              onDone={(isDone) => setPhase(isDone ? 'reset' : 'link')}
            >
              Every link into this group stops working at once, also those that others passed on.
            </Confirm>
          )}
        </>
      )}
    </Sheet>
  );
}

function inviteWords(invite: Invite | null, now: Date): string {
  if (invite === null) return 'A link is being made.';
  const expiresAt = invite.expiresAt === null ? null : new Date(invite.expiresAt);
  return `This link works ${expiryWords(expiresAt, now)}. Whoever has it can join, up to ${MAX_MEMBERS} people in all.`;
}
