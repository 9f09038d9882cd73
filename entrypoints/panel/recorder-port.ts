import { browser } from 'wxt/browser';
import type { RecorderPort } from '../../components/voice/dictation.ts';
import { type RecorderMessage, VOICE_PORT } from '../../lib/model/voice.ts';

/** A port to a page that records, which the background opens when it hears the panel's hello. */
export function openRecorderPort(): RecorderPort {
  const port = browser.runtime.connect({ name: VOICE_PORT });
  return {
    postMessage: (message) => port.postMessage(message),
    onMessage: (listener) => port.onMessage.addListener((message: unknown) => listener(message as RecorderMessage)),
    onDisconnect: (listener) => port.onDisconnect.addListener(() => listener()),
    disconnect: () => port.disconnect(),
  };
}
