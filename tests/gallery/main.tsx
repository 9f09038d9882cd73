import { signal } from '@preact/signals';
import { render } from 'preact';
import { App } from '../../components/App.tsx';
import { createPanel } from '../../components/panel/panel.ts';
import { MicrophoneScreen } from '../../components/voice/MicrophoneScreen.tsx';
import type { Surface } from '../../lib/model/protocol.ts';
import { openFakePort } from './fake-hub.ts';
import { openFakeRecorder } from './fake-recorder.ts';
import { NOW } from './fixtures.ts';
import { STATES } from './states.ts';
import { stillSwitch } from './still-switch.ts';

/** One state of the panel per address: `?state=chat&surface=overlay`. Without a state: all of them as links. */
const query = new URLSearchParams(location.search);
const root = document.querySelector('#root') as HTMLElement;
const name = query.get('state');
const state = STATES[name ?? ''];

if (state === undefined) {
  root.style.overflow = 'auto';
  const links = Object.keys(STATES).map((each) => (
    <li key={each}>
      <a href={`?state=${each}`}>{each}</a>
    </li>
  ));
  render(<ul>{links}</ul>, root);
} else if (state.microphone !== undefined) {
  const nothing = () => {};
  render(
    <MicrophoneScreen
      state={signal(state.microphone)}
      onRetry={nothing}
      onDone={nothing}
      onSettings={query.get('surface') === 'firefox' ? null : nothing}
    />,
    root,
  );
} else {
  const panel = createPanel({
    openPort() {
      const port = openFakePort(state);
      // For the tests of what the panel does with what the hub says.
      Object.assign(globalThis, { hub: port });
      return port;
    },
    openRecorder() {
      const recorder = openFakeRecorder(state.recorder);
      Object.assign(globalThis, { recorder });
      return recorder;
    },
    surface: state.surface ?? ((query.get('surface') ?? 'overlay') as Surface),
    pass: null,
    notifications: stillSwitch(state.notifying ?? 'off'),
    root,
    signal: new AbortController().signal,
    now: () => NOW,
    guard: { verdict: () => state.verdict ?? 'clear' },
  });
  render(<App panel={panel} />, root);
  for (const step of state.steps ?? []) {
    await settled();
    await step();
  }
  await settled();
}
document.documentElement.dataset['ready'] = name ?? 'list';

/** Until what was rendered is painted and its effects have run: nobody clicks sooner. */
async function settled(): Promise<void> {
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  await new Promise((resolve) => setTimeout(resolve, 50));
}
