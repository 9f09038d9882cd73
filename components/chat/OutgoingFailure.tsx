import type { Failure } from '../../lib/model/failure.ts';
import { failureText } from '../failure-text.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import './outgoing-failure.css';

/** Why a message was not sent, and what to do with it. */
export function OutgoingFailure({ id, failure }: { id: string; failure: Failure }) {
  const { client, toaster, isSeen } = usePanel();
  return (
    <div class="outgoing-failure">
      <p>Not sent. {failureText(failure)}</p>
      <Button icon="retry" onClick={() => isSeen('send') && void client.resend(id).catch(toaster.showFailure)}>
        Try again
      </Button>
      <Button look="quiet" onClick={() => client.discard(id).catch(toaster.showFailure)}>
        Discard
      </Button>
    </div>
  );
}
