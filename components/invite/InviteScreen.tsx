import { useMemo, useState } from 'preact/hooks';
import type { InvitePreview } from '../../lib/model/chat.ts';
import { usePanel } from '../panel/panel-context.ts';
import { GeneratedAvatar } from '../parts/Avatar.tsx';
import { Button } from '../parts/Button.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { PlainScreen } from '../parts/PlainScreen.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { useAction } from '../parts/use-action.ts';
import { InviteFailed } from './InviteFailed.tsx';
import './invite-screen.css';
import { PassageLine } from './PassageLine.tsx';
import { usePreview } from './use-preview.ts';
import { WaitingToJoin } from './WaitingToJoin.tsx';

/** An invite that was opened: what it leads to, and whether to follow it. */
export function InviteScreen({ token }: { token: string }) {
  const panel = usePanel();
  const [round, setRound] = useState(0);
  // Whoever is let in, or not, is no longer among those who wait: then the preview says another thing.
  const waiting = panel.app.value?.waiting;
  const state = usePreview(
    token,
    useMemo(() => ({ round, waiting }), [round, waiting]),
  );
  const dismiss = () => void panel.client.request('dismissIntent', {}).catch(panel.toaster.showFailure);

  return (
    <PlainScreen>
      {state.name !== 'there' && <h1 class="visually-hidden">Invite</h1>}
      {state.name === 'loading' && <Skeleton rows={2} label="The invite is being looked up" />}
      {state.name === 'failed' && (
        <InviteFailed failure={state.failure} onRetry={() => setRound(round + 1)} onDismiss={dismiss} />
      )}
      {state.name === 'there' &&
        (state.preview.waiting ? (
          <WaitingToJoin token={token} preview={state.preview} onDismiss={dismiss} />
        ) : (
          <Preview token={token} preview={state.preview} onDismiss={dismiss} />
        ))}
    </PlainScreen>
  );
}

function Preview({ token, preview, onDismiss }: { token: string; preview: InvitePreview; onDismiss: () => void }) {
  const panel = usePanel();
  const { busy, failure, run } = useAction();
  const { title, memberCount, maxMembers, inviter, chatId, needsApproval, page } = preview;
  const isFull = chatId === null && memberCount >= maxMembers;

  function enter(id: string): void {
    panel.client.watch(id);
    onDismiss();
  }

  async function redeem(): Promise<void> {
    const { chatId: id, waiting } = await panel.client.request('redeemInvite', { token });
    // Where they have to be let in first, the preview says so as soon as the list of what is waited for has changed.
    if (waiting) return;
    enter(id);
    if (page !== null) panel.client.request('openPassage', { passage: page }).catch(panel.toaster.showFailure);
  }

  function join(): void {
    if (panel.isSeen('join')) void run(redeem);
  }

  return (
    <div class="invite-preview">
      <GeneratedAvatar id={token} name={title} size={72} />
      <p class="invite-from">{inviter === null ? 'You are invited to' : `${inviter} invites you to`}</p>
      <h1 dir="auto">{title}</h1>
      <p class="invite-count">
        {memberCount} of {maxMembers} members
      </p>
      {page !== null && <PassageLine passage={page} />}
      {isFull && <p class="invite-full">It is full at present. When someone leaves, this link works again.</p>}
      <FailureNote failure={failure} />
      <div class="invite-actions">
        {chatId !== null && (
          <Button look="primary" wide onClick={() => enter(chatId)}>
            Open the group
          </Button>
        )}
        {chatId === null && !isFull && (
          <Button look="primary" wide busy={busy} onClick={join}>
            {needsApproval ? 'Ask to join' : 'Join'}
          </Button>
        )}
        <Button look="quiet" wide onClick={onDismiss}>
          Not now
        </Button>
      </div>
      {chatId === null && !isFull && (
        <p class="invite-note">
          {needsApproval
            ? 'One of them lets you in. They see your name and picture.'
            : 'Everyone in the group sees your name and picture. You can leave at any time.'}
        </p>
      )}
    </div>
  );
}
