import { useState } from 'preact/hooks';
import type { InvitePreview } from '../../lib/model/chat.ts';
import { failureText } from '../failure-text.ts';
import { usePanel } from '../panel/panel-context.ts';
import { GeneratedAvatar } from '../parts/Avatar.tsx';
import { Button } from '../parts/Button.tsx';
import { Drawing } from '../parts/Drawing.tsx';
import { EmptyState } from '../parts/EmptyState.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { PlainScreen } from '../parts/PlainScreen.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { useAction } from '../parts/use-action.ts';
import './invite-screen.css';
import { usePreview } from './use-preview.ts';

/** An invite that was opened: what it leads to, and whether to follow it. */
export function InviteScreen({ token }: { token: string }) {
  const panel = usePanel();
  const [round, setRound] = useState(0);
  const state = usePreview(token, round);
  const dismiss = () => void panel.client.request('dismissIntent', {}).catch(panel.toaster.showFailure);

  return (
    <PlainScreen>
      {state.name !== 'there' && <h1 class="visually-hidden">Invite</h1>}
      {state.name === 'loading' && <Skeleton rows={2} label="The invite is being looked up" />}
      {state.name === 'failed' && (
        <EmptyState
          drawing={<Drawing name="closed" />}
          action={
            <div class="invite-actions">
              {state.failure.kind !== 'denied' && (
                <Button look="primary" onClick={() => setRound(round + 1)}>
                  Try again
                </Button>
              )}
              <Button look={state.failure.kind === 'denied' ? 'primary' : 'quiet'} onClick={dismiss}>
                Go to my chats
              </Button>
            </div>
          }
        >
          {failureText(state.failure)}
        </EmptyState>
      )}
      {state.name === 'there' && <Preview token={token} preview={state.preview} onDismiss={dismiss} />}
    </PlainScreen>
  );
}

function Preview({ token, preview, onDismiss }: { token: string; preview: InvitePreview; onDismiss: () => void }) {
  const panel = usePanel();
  const { busy, failure, run } = useAction();
  const { title, memberCount, maxMembers, inviter, chatId } = preview;
  const isFull = chatId === null && memberCount >= maxMembers;

  function enter(id: string): void {
    panel.client.watch(id);
    onDismiss();
  }

  function join(): void {
    if (panel.isSeen('join'))
      void run(async () => enter((await panel.client.request('redeemInvite', { token })).chatId));
  }

  return (
    <div class="invite-preview">
      <GeneratedAvatar id={token} name={title} size={72} />
      <p class="invite-from">{inviter === null ? 'You are invited to' : `${inviter} invites you to`}</p>
      <h1 dir="auto">{title}</h1>
      <p class="invite-count">
        {memberCount} of {maxMembers} members
      </p>
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
            Join
          </Button>
        )}
        <Button look="quiet" wide onClick={onDismiss}>
          Not now
        </Button>
      </div>
      {chatId === null && !isFull && (
        <p class="invite-note">Everyone in the group sees your name and picture. You can leave at any time.</p>
      )}
    </div>
  );
}
