import type { ReadonlySignal } from '@preact/signals';
import type { MicrophoneTrouble } from '../../lib/model/voice.ts';
import { Button } from '../parts/Button.tsx';
import { Icon } from '../parts/Icon.tsx';
import '../styles/tokens.css';
import '../styles/base.css';
import './microphone-screen.css';

export type MicrophoneScreenState =
  | { readonly name: 'asking' }
  | { readonly name: 'recording'; readonly level: number }
  | { readonly name: 'refused'; readonly why: MicrophoneTrouble };

interface MicrophoneScreenProps {
  state: ReadonlySignal<MicrophoneScreenState>;
  onRetry: () => void;
  /** The person has said what they wanted to say. */
  onDone: () => void;
  /** Opens the browser's own settings of the extension; null where only the browser itself can. */
  onSettings: (() => void) | null;
}

/** The window in which the browser asks for the microphone, because it does not ask in a panel. */
export function MicrophoneScreen({ state, onRetry, onDone, onSettings }: MicrophoneScreenProps) {
  const now = state.value;
  return (
    <main class="microphone-screen">
      <Icon name="microphone" />
      {now.name === 'asking' && (
        <>
          <h1>Allow the microphone</h1>
          <p>
            Your browser asks whether Sideroom may listen. It listens only while you dictate, and what you say becomes
            text in your draft. The recording itself is not kept.
          </p>
        </>
      )}
      {now.name === 'recording' && (
        <>
          <h1>Listening</h1>
          <meter aria-label="How loud the microphone hears" min={0} max={1} value={now.level} />
          <p>Speak now. Your words will stand in your draft.</p>
          <Button look="primary" onClick={onDone}>
            Done
          </Button>
        </>
      )}
      {now.name === 'refused' && <Refused why={now.why} onRetry={onRetry} onSettings={onSettings} />}
    </main>
  );
}

type RefusedProps = Pick<MicrophoneScreenProps, 'onRetry' | 'onSettings'> & { why: MicrophoneTrouble };

function Refused({ why, onRetry, onSettings }: RefusedProps) {
  if (why !== 'denied') {
    return (
      <>
        <h1>{why === 'missing' ? 'No microphone was found' : 'The microphone could not be opened'}</h1>
        <p>
          {why === 'missing'
            ? 'Connect one, or switch it on, and try again.'
            : 'Another program may be using it. Close that one and try again.'}
        </p>
        <Button look="primary" onClick={onRetry}>
          Try again
        </Button>
      </>
    );
  }
  return (
    <>
      <h1>Sideroom may not use the microphone</h1>
      <ol>
        {onSettings === null ? (
          <li>Click the crossed-out microphone in the address bar above, and take the block away.</li>
        ) : (
          <li>Open the settings below, and set “Microphone” to “Allow”.</li>
        )}
        <li>If it stays blocked, allow the microphone for your browser in the settings of your computer.</li>
        <li>Come back and press the microphone in your chat again.</li>
      </ol>
      <div class="microphone-ways">
        {onSettings !== null && (
          <Button look="primary" onClick={onSettings}>
            Open the settings
          </Button>
        )}
        <Button onClick={onRetry}>Try again</Button>
      </div>
    </>
  );
}
