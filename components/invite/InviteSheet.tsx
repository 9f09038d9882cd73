import { useState } from 'preact/hooks';
import { type InviteOptions, MAX_MEMBERS } from '../../lib/model/chat.ts';
import type { ChatView } from '../../lib/model/chat-view.ts';
import type { Passage } from '../../lib/model/passage.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { Confirm } from '../parts/Confirm.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { Sheet } from '../parts/Sheet.tsx';
import { expiryWords } from '../time-words.ts';
import { CopyLink } from './CopyLink.tsx';
import { InviteOptionsForm } from './InviteOptionsForm.tsx';
import { PageAlong } from './PageAlong.tsx';
import './invite-sheet.css';
import { type LinkState, useInvite } from './use-invite.ts';

/** Makes a link into the group at once, to be passed on by whatever means. */
export function InviteSheet({ view, onClose }: { view: ChatView; onClose: () => void }) {
  const panel = usePanel();
  const [phase, setPhase] = useState<'link' | 'confirm' | 'reset'>('link');
  const chatId = view.chat.id;
  const { link, options, page, make } = useInvite(chatId);

  function makeAgain(next: InviteOptions = options, along: Passage | null = page): void {
    if (!panel.isSeen('invite')) return;
    setPhase('link');
    make(next, along);
  }

  return (
    <Sheet title={`Invite to ${view.chat.title}`} onClose={onClose}>
      {phase === 'reset' ? (
        <>
          <p role="status">Every earlier link has stopped working.</p>
          <Button look="primary" wide onClick={() => makeAgain()}>
            Make a new link
          </Button>
        </>
      ) : (
        <>
          {link.name === 'failed' ? (
            <>
              <FailureNote failure={link.failure} />
              <Button icon="retry" onClick={() => makeAgain()}>
                Try again
              </Button>
            </>
          ) : (
            <>
              <p class="invite-words">{inviteWords(link, options, panel.now.value)}</p>
              <CopyLink url={link.name === 'there' ? link.invite.url : ''} />
            </>
          )}
          <PageAlong page={page} onChange={(along) => makeAgain(options, along)} />
          <InviteOptionsForm options={options} onChange={makeAgain} />
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
              onConfirm={() => panel.client.request('resetInvites', { chatId })}
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

function inviteWords(link: LinkState, { maxUses, needsApproval }: InviteOptions, now: Date): string {
  if (link.name !== 'there') return 'A link is being made.';
  const { expiresAt } = link.invite;
  const time = expiryWords(expiresAt === null ? null : new Date(expiresAt), now);
  const verb = needsApproval ? 'ask to join' : 'join';
  if (maxUses === 1) return `This link works ${time}. One person can ${verb} with it.`;
  if (maxUses !== null) return `This link works ${time}. The first ${maxUses} people who open it can ${verb}.`;
  return `This link works ${time}. Whoever has it can ${verb}, up to ${MAX_MEMBERS} people in all.`;
}
