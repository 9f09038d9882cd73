import { browser } from 'wxt/browser';
import type { HubPort } from '../../lib/hub/panel-line.ts';
import { type HubMessage, PORT_NAME } from '../../lib/model/protocol.ts';

/** A port to the hub in the background. Opening one starts the background if it sleeps. */
export function openHubPort(): HubPort {
  const port = browser.runtime.connect({ name: PORT_NAME });
  return {
    postMessage: (message) => port.postMessage(message),
    onMessage: (listener) => port.onMessage.addListener((message: unknown) => listener(message as HubMessage)),
    onDisconnect: (listener) => port.onDisconnect.addListener(() => listener()),
    disconnect: () => port.disconnect(),
  };
}
