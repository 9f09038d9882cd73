import { useEffect, useState } from 'preact/hooks';
import type { NotificationAccess } from '../panel/notification-switch.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';

/** `refused`: the browser asked and the answer was no. */
type State = NotificationAccess | 'refused' | 'asking' | null;

/** On or off in this browser; the browser itself asks before the first one. */
export function AccessSwitch() {
  const { notifications } = usePanel();
  const [state, setState] = useState<State>(null);

  useEffect(() => {
    let isGone = false;
    const look = () => void notifications.access().then((access) => isGone || setState(access));
    look();
    // Somebody may come back from the settings of the browser.
    window.addEventListener('focus', look);
    return () => {
      isGone = true;
      window.removeEventListener('focus', look);
    };
  }, [notifications]);

  async function turnOn(): Promise<void> {
    setState('asking');
    const access = await notifications.turnOn();
    setState(access === 'off' ? 'refused' : access);
  }

  if (state === null) return null;
  const isOn = state === 'on' || state === 'held';
  return (
    <div class="access-switch">
      <p>
        {state === 'on' && 'This browser tells you of new messages while you look elsewhere.'}
        {state === 'held' && 'Notifications are turned on here.'}
        {!isOn && 'Hear of new messages while you look elsewhere. Your browser asks you first.'}
      </p>
      <div role="status">
        {state === 'refused' && (
          <p class="access-note">
            <Icon name="alert" />
            <span>Your browser did not allow notifications. Turn them on again and choose “Allow” when it asks.</span>
          </p>
        )}
        {state === 'held' && (
          <p class="access-note">
            <Icon name="alert" />
            <span>
              But they are kept back. Allow notifications of Sideroom in your browser’s settings, and of the browser in
              those of your computer.
            </span>
          </p>
        )}
      </div>
      {isOn ? (
        <Button onClick={() => void notifications.turnOff().then(setState)}>Turn off here</Button>
      ) : (
        <Button look="primary" busy={state === 'asking'} onClick={turnOn}>
          Turn on
        </Button>
      )}
    </div>
  );
}
