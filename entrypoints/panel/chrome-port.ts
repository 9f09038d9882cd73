import { browser } from 'wxt/browser';
import type { HubPort } from '../../lib/hub/panel-line.ts';
import { type HubMessage, type PanelMessage, portName } from '../../lib/model/protocol.ts';
import { openSidePanelHere } from './side-panel.ts';

/** A port to the hub in the background. Opening one starts the background if it sleeps. */
export function openHubPort(windowId: number | null): HubPort {
  const port = browser.runtime.connect({ name: portName(windowId) });
  const listeners: ((message: HubMessage) => void)[] = [];

  return {
    async postMessage(message) {
      if (!asksForSidePanel(message)) return port.postMessage(message);
      // The panel's own doing; the hub opens a window where this fails.
      if (!(await openSidePanelHere())) return port.postMessage(message);
      for (const listener of listeners) listener({ type: 'response', id: message.id, ok: true, value: null });
    },
    onMessage(listener) {
      listeners.push(listener);
      port.onMessage.addListener((message: unknown) => listener(message as HubMessage));
    },
    onDisconnect: (listener) => port.onDisconnect.addListener(() => listener()),
    disconnect: () => port.disconnect(),
  };
}

function asksForSidePanel(message: PanelMessage): message is PanelMessage & { readonly type: 'request' } {
  return message.type === 'request' && message.name === 'openSurface' && message.params.surface === 'side-panel';
}
