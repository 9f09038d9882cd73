import { browser } from 'wxt/browser';
import { RECORDER_PORT, type RecorderMessage, VOICE_PORT, type VoiceMessage } from '../../lib/model/voice.ts';
import { type Errand, type Granted, writeErrand } from '../microphone/errand.ts';
import { admit, type PortSender } from './admission.ts';
import type { Passes } from './passes.ts';

/** What is used of an extension port. */
interface ExtensionPort {
  readonly name: string;
  readonly sender?: PortSender | undefined;
  postMessage(message: unknown): void;
  disconnect(): void;
  readonly onMessage: { addListener(listener: (message: unknown) => void): void };
  readonly onDisconnect: { addListener(listener: () => void): void };
}

/** One panel's wish to record, and the page that does it, once it is there. */
interface Session {
  readonly panel: ExtensionPort;
  recorder: ExtensionPort | null;
}

interface OffscreenApi {
  createDocument(document: { url: string; reasons: readonly string[]; justification: string }): Promise<void>;
  closeDocument(): Promise<void>;
}

/** Chrome alone has it. Where it is missing, the window that asks is also the one that records. */
const offscreen = (globalThis as { chrome?: { offscreen?: OffscreenApi } }).chrome?.offscreen;

/**
 * Joins panels to pages that record. No panel records by itself: in a side panel the browser does not ask for the microphone, and
 * over a page it obeys the page's policy. The recording passes through here and is not looked at.
 */
export function serveMicrophone(passes: Passes): void {
  const sessions = new Map<string, Session>();

  browser.runtime.onConnect.addListener((port) => {
    if (port.name === VOICE_PORT) servePanel(port as ExtensionPort);
    else if (port.name.startsWith(`${RECORDER_PORT}:`)) serveRecorder(port as ExtensionPort);
  });

  function servePanel(panel: ExtensionPort): void {
    const id = crypto.randomUUID();
    panel.onMessage.addListener((message) => {
      if (!isVoiceMessage(message)) return;
      if (message.type === 'stop') sessions.get(id)?.recorder?.postMessage(message);
      else if (!sessions.has(id)) void greet(id, panel, message);
    });
    panel.onDisconnect.addListener(() => {
      sessions.get(id)?.recorder?.disconnect();
      sessions.delete(id);
    });
  }

  async function greet(id: string, panel: ExtensionPort, hello: VoiceMessage & { type: 'hello' }): Promise<void> {
    sessions.set(id, { panel, recorder: null });
    try {
      if (panel.sender === undefined || !(await admit(panel.sender, hello, passes))) return end(id);
      if (hello.wish === 'record') return await begin(id);
      await openWindow({ name: 'help', session: null });
      end(id);
    } catch {
      // The browser refused the document or the window: the panel says that nothing opened.
      end(id);
    }
  }

  /** Where the microphone is allowed already, nobody sees a window. */
  async function begin(id: string): Promise<void> {
    const permission = offscreen && (await navigator.permissions.query({ name: 'microphone' })).state;
    if (permission === 'granted') return openOffscreen(id);
    if (permission === 'denied') {
      tell(id, { type: 'refused', why: 'denied' });
      return end(id);
    }
    tell(id, { type: 'asking' });
    await openWindow({ name: offscreen ? 'ask' : 'record', session: id });
  }

  function serveRecorder(recorder: ExtensionPort): void {
    const id = recorder.name.slice(RECORDER_PORT.length + 1);
    const session = sessions.get(id);
    // The panel went away meanwhile.
    if (session === undefined || !recorder.sender?.url?.startsWith(browser.runtime.getURL('/'))) {
      recorder.disconnect();
      return;
    }
    session.recorder = recorder;
    recorder.onMessage.addListener((message) => {
      if (session.recorder !== recorder) return;
      if ((message as Granted).type === 'granted') {
        session.recorder = null;
        openOffscreen(id).catch(() => end(id));
      } else tell(id, message as RecorderMessage);
    });
    recorder.onDisconnect.addListener(() => {
      if (session.recorder === recorder) end(id);
    });
  }

  function tell(id: string, message: RecorderMessage): void {
    sessions.get(id)?.panel.postMessage(message);
  }

  function end(id: string): void {
    const session = sessions.get(id);
    sessions.delete(id);
    session?.panel.disconnect();
  }
}

/** There is at most one such document: whoever records already, in another panel, keeps what was said until now. */
async function openOffscreen(session: string): Promise<void> {
  // Rejects when there is none.
  await offscreen?.closeDocument().catch(() => {});
  await offscreen?.createDocument({
    url: `/microphone.html${writeErrand({ name: 'record', session })}`,
    reasons: ['USER_MEDIA'],
    justification: 'Records what a person dictates into a draft, while they dictate.',
  });
}

async function openWindow(errand: Errand): Promise<void> {
  await browser.windows.create({
    url: `${browser.runtime.getURL('/microphone.html')}${writeErrand(errand)}`,
    type: 'popup',
    width: 460,
    height: 440,
  });
}

function isVoiceMessage(message: unknown): message is VoiceMessage {
  if (typeof message !== 'object' || message === null || !('type' in message)) return false;
  return message.type === 'stop' || (message.type === 'hello' && 'surface' in message && 'pass' in message);
}
