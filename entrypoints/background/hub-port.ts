import type { PanelPort } from '../../lib/hub/port-server.ts';
import type { PanelMessage } from '../../lib/model/protocol.ts';

/** What is used of an extension port. */
interface ExtensionPort {
  postMessage(message: unknown): void;
  disconnect(): void;
  readonly onMessage: { addListener(listener: (message: unknown) => void): void };
  readonly onDisconnect: { addListener(listener: () => void): void };
}

/** The hub's end of an extension port. What arrives is checked by the hub. */
export function hubPort(port: ExtensionPort): PanelPort {
  return {
    postMessage: (message) => port.postMessage(message),
    onMessage: (listener) => port.onMessage.addListener((message) => listener(message as PanelMessage)),
    onDisconnect: (listener) => port.onDisconnect.addListener(() => listener()),
    disconnect: () => port.disconnect(),
  };
}
