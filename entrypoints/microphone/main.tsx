import { signal } from '@preact/signals';
import { render } from 'preact';
import { browser } from 'wxt/browser';
import { MicrophoneScreen, type MicrophoneScreenState } from '../../components/voice/MicrophoneScreen.tsx';
import {
  type MicrophoneTrouble,
  RECORDER_PORT,
  type RecorderMessage,
  type VoiceMessage,
} from '../../lib/model/voice.ts';
import { type Granted, readErrand } from './errand.ts';
import { closeMicrophone, openMicrophone } from './open-microphone.ts';
import { type Recording, record } from './record.ts';

/**
 * Composition root of the page that holds the microphone for panels: none of them can everywhere. Offscreen it has no face; as a
 * window it asks the person, explains, and goes away by itself.
 */
const errand = readErrand(location.hash);
const state = signal<MicrophoneScreenState>(
  errand.name === 'help' ? { name: 'refused', why: 'denied' } : { name: 'asking' },
);
/** Null once nobody waits at its other end. */
let port = errand.session === null ? null : browser.runtime.connect({ name: `${RECORDER_PORT}:${errand.session}` });
let recording: Recording | null = null;

function post(message: RecorderMessage | Granted): void {
  if (message.type === 'level' && state.value.name === 'recording')
    state.value = { name: 'recording', level: message.level };
  port?.postMessage(message);
}

async function open(): Promise<void> {
  const opened = await openMicrophone();
  if (typeof opened === 'string') return refuse(opened);
  if (errand.name === 'record') {
    state.value = { name: 'recording', level: 0 };
    recording = record(opened, post);
    return;
  }
  closeMicrophone(opened);
  if (errand.name === 'ask') post({ type: 'granted' });
  await close();
}

function refuse(why: MicrophoneTrouble): void {
  state.value = { name: 'refused', why };
  post({ type: 'refused', why });
}

/** An offscreen document belongs to no tab. */
async function close(): Promise<void> {
  const tab = await browser.tabs?.getCurrent();
  if (tab?.id === undefined) window.close();
  else await browser.tabs.remove(tab.id);
}

port?.onMessage.addListener((message: unknown) => {
  if ((message as VoiceMessage).type === 'stop') recording?.stop();
});
port?.onDisconnect.addListener(() => {
  port = null;
  recording?.discard();
  // What explains stays until it is read.
  if (state.value.name !== 'refused') void close();
});

async function watchPermission(): Promise<void> {
  const status = await navigator.permissions.query({ name: 'microphone' });
  status.addEventListener('change', () => {
    if (status.state === 'granted' && state.value.name === 'refused') void open();
  });
}

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root.');
const settings = import.meta.env.FIREFOX
  ? null
  : `chrome://settings/content/siteDetails?site=${encodeURIComponent(location.origin)}`;
render(
  <MicrophoneScreen
    state={state}
    onRetry={() => void open()}
    onDone={() => recording?.stop()}
    onSettings={settings === null ? null : () => void browser.tabs.create({ url: settings })}
  />,
  root,
);
void watchPermission();
if (errand.name !== 'help') void open();
