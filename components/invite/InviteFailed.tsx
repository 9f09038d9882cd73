import type { Failure } from '../../lib/model/failure.ts';
import { failureText } from '../failure-text.ts';
import { Button } from '../parts/Button.tsx';
import { Drawing } from '../parts/Drawing.tsx';
import { EmptyState } from '../parts/EmptyState.tsx';
import { mustWait, useCountdown } from './use-countdown.ts';

interface InviteFailedProps {
  failure: Failure;
  onRetry: () => void;
  onDismiss: () => void;
}

/** Why an invite cannot be shown, and what one can do: wait and look again, or go on without it. */
export function InviteFailed({ failure, onRetry, onDismiss }: InviteFailedProps) {
  const current = useCountdown(failure);
  const isFinal = failure.kind === 'denied';
  return (
    <EmptyState
      drawing={<Drawing name="closed" />}
      action={
        <div class="invite-actions">
          {!isFinal && (
            <Button look="primary" disabled={mustWait(current)} onClick={onRetry}>
              Try again
            </Button>
          )}
          <Button look={isFinal ? 'primary' : 'quiet'} onClick={onDismiss}>
            Go to my chats
          </Button>
        </div>
      }
    >
      {failureText(current)}
    </EmptyState>
  );
}
