import { failureText } from '../failure-text.ts';
import { usePanel } from '../panel/panel-context.ts';
import { GeneratedAvatar } from '../parts/Avatar.tsx';
import { Button } from '../parts/Button.tsx';
import './invite-banner.css';
import { usePreview } from './use-preview.ts';

/** Reminds a person on the way in (signing in, setting up a profile) where the way leads. */
export function InviteBanner({ token }: { token: string }) {
  const { client, toaster } = usePanel();
  const state = usePreview(token);
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
      {state.name === 'failed' && <p>{failureText(state.failure)}</p>}
      {state.name === 'loading' && <p>Your invite is being looked up.</p>}
      <Button look="quiet" onClick={() => client.request('dismissIntent', {}).catch(toaster.showFailure)}>
        Not now
      </Button>
    </section>
  );
}
