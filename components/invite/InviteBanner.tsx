import { useState } from 'preact/hooks';
import type { Failure } from '../../lib/model/failure.ts';
import { failureText } from '../failure-text.ts';
import { usePanel } from '../panel/panel-context.ts';
import { GeneratedAvatar } from '../parts/Avatar.tsx';
import { Button } from '../parts/Button.tsx';
import './invite-banner.css';
import { mustWait, useCountdown } from './use-countdown.ts';
import { usePreview } from './use-preview.ts';

/** Reminds a person on the way in (signing in, setting up a profile) where the way leads. */
export function InviteBanner({ token }: { token: string }) {
  const { client, toaster } = usePanel();
  const [round, setRound] = useState(0);
  const state = usePreview(token, round);
  return (
    <section class="invite-banner" aria-label="Invite">
      {state.name === 'there' && (
        <>
          <GeneratedAvatar id={token} name={state.preview.title} size={36} />
          <p>
            {state.preview.inviter ?? 'Somebody'} invites you to <b dir="auto">{state.preview.title}</b>.
          </p>
        </>
      )}
      {state.name === 'failed' && <Failed failure={state.failure} onRetry={() => setRound(round + 1)} />}
      {state.name === 'loading' && <p>Your invite is being looked up.</p>}
      <Button look="quiet" onClick={() => client.request('dismissIntent', {}).catch(toaster.showFailure)}>
        Not now
      </Button>
    </section>
  );
}

function Failed({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  const current = useCountdown(failure);
  return (
    <>
      <p>{failureText(current)}</p>
      {failure.kind !== 'denied' && (
        <Button look="quiet" disabled={mustWait(current)} onClick={onRetry}>
          Try again
        </Button>
      )}
    </>
  );
}
