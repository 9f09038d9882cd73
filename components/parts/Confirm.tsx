import type { ComponentChildren } from 'preact';
import { Button } from './Button.tsx';
import './confirm.css';
import { FailureNote } from './FailureNote.tsx';
import { useAction } from './use-action.ts';
import { useFirstFocus } from './use-first-focus.ts';

interface ConfirmProps {
  /** What will happen, in a sentence. */
  children: ComponentChildren;
  /** The verb. */
  action: string;
  /** What the way back is called. */
  back?: string;
  /** Says whether it may go on; asked at the click. */
  isSeen: () => boolean;
  onConfirm: () => Promise<unknown>;
  /** It was done, or put away. */
  onDone: (isDone: boolean) => void;
}

/** A second step before something that cannot be undone, in the place where the first one was. */
export function Confirm({ children, action, back = 'Keep', isSeen, onConfirm, onDone }: ConfirmProps) {
  const run = useAction();
  const keep = useFirstFocus<HTMLButtonElement>();
  return (
    <fieldset class="confirm">
      <legend class="visually-hidden">{action}?</legend>
      <p>{children}</p>
      <FailureNote failure={run.failure} />
      <div class="confirm-buttons">
        <Button onClick={() => onDone(false)} buttonRef={keep}>
          {back}
        </Button>
        <Button
          look="danger"
          busy={run.busy}
          onClick={async () => {
            if (isSeen() && (await run.run(onConfirm))) onDone(true);
          }}
        >
          {action}
        </Button>
      </div>
    </fieldset>
  );
}
