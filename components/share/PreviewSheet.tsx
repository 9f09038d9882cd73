import type { ComponentChildren } from 'preact';
import { Button } from '../parts/Button.tsx';
import { FailureNote } from '../parts/FailureNote.tsx';
import { Sheet } from '../parts/Sheet.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import type { Action } from '../parts/use-action.ts';
import './share-preview.css';

interface PreviewSheetProps {
  title: string;
  /** What is said while there is nothing to see yet. */
  waiting: string;
  /** Gets what is to be shared. */
  getting: Action;
  /** Adds it to the message. */
  staging: Action;
  onGetAgain: () => void;
  onAdd: () => void;
  onClose: () => void;
  /** What will be stored and sent; null until it is there. */
  children: ComponentChildren | null;
}

/** Shows what would be shared before it is. What cannot be got is said, and can be tried again. */
export function PreviewSheet(props: PreviewSheetProps) {
  const { title, waiting, getting, staging, onGetAgain, onAdd, onClose, children } = props;
  const isThere = children !== null;
  return (
    <Sheet
      title={title}
      onClose={onClose}
      actions={
        getting.failure === null ? (
          <>
            <Button look="primary" busy={staging.busy} disabled={!isThere} onClick={onAdd}>
              Add to message
            </Button>
            <Button look="quiet" onClick={onClose}>
              Cancel
            </Button>
          </>
        ) : (
          <Button icon="retry" busy={getting.busy} onClick={onGetAgain}>
            Try again
          </Button>
        )
      }
    >
      <FailureNote failure={getting.failure ?? staging.failure} />
      {!isThere && getting.failure === null && <Skeleton rows={4} label={waiting} />}
      {children}
    </Sheet>
  );
}
