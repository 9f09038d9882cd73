import { useEffect, useState } from 'preact/hooks';
import { usePanel } from '../panel/panel-context.ts';
import { CheckField } from '../parts/CheckField.tsx';
import './likeness-switch.css';

/** Whether the AI may look at one's profile picture. It counts at once, and is not there where nothing would come of it. */
export function LikenessSwitch() {
  const { client, toaster } = usePanel();
  const [allowed, setAllowed] = useState<boolean | null>(null);

  useEffect(() => {
    let isOver = false;
    client.request('readLikeness', {}).then(
      (likeness) => {
        if (!isOver && likeness?.offered === true) setAllowed(likeness.allowed);
      },
      // Then it stays as it is: off, unless the person said otherwise.
      () => {},
    );
    return () => {
      isOver = true;
    };
  }, [client]);

  if (allowed === null) return null;

  function change(next: boolean): void {
    setAllowed(next);
    client.request('setLikeness', { allowed: next }).catch((failure: unknown) => {
      setAllowed(!next);
      toaster.showFailure(failure);
    });
  }

  return (
    <CheckField
      class="likeness-switch"
      label="The AI may look at my profile picture"
      hint="Only to make a picture of you, when somebody in one of your chats asks for one."
      checked={allowed}
      onChange={change}
    />
  );
}
