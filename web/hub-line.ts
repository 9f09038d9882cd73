import type { HubPort } from '../lib/hub/panel-line.ts';
import { passageUrl } from '../lib/model/passage.ts';
import type { HubMessage, PanelMessage } from '../lib/model/protocol.ts';
import type { Opening } from './messages.ts';

/** Ports to the one hub of this origin. The first one brings the invite that led here. */
export function connectHubs(invite: string | null): () => HubPort {
  let brought = invite;
  return () => {
    const first = brought;
    brought = null;
    return openPort(first);
  };
}

function openPort(invite: string | null): HubPort {
  const { promise: isOver, resolve: end } = Promise.withResolvers<void>();
  const waiting: PanelMessage[] = [];
  const listeners: ((message: HubMessage) => void)[] = [];
  let port: MessagePort | null = null;

  const lock = crypto.randomUUID();
  void navigator.locks.request(lock, async () => {
    port = await reachHub();
    port.addEventListener('message', ({ data }) => {
      for (const listener of listeners) listener(data as HubMessage);
    });
    port.start();
    port.postMessage({ type: 'open', lock, invite } satisfies Opening);
    for (const message of waiting) port.postMessage(message);
    await isOver;
  });

  return {
    postMessage(message) {
      if (opensPassage(message)) {
        // The page's own doing: the click counts here.
        window.open(passageUrl(message.params.passage), '_blank', 'noopener,noreferrer');
        for (const listener of listeners) listener({ type: 'response', id: message.id, ok: true, value: null });
      } else if (port === null) waiting.push(message);
      else port.postMessage(message);
    },
    onMessage: (listener) => listeners.push(listener),
    // The hub lives as long as any of its pages.
    onDisconnect() {},
    disconnect() {
      port?.close();
      end();
    },
  };
}

/** Where the browser has no shared workers, each tab has a hub of its own, one at a time. */
async function reachHub(): Promise<MessagePort> {
  if ('SharedWorker' in globalThis)
    return new SharedWorker(new URL('./hub.ts', import.meta.url), { type: 'module', name: 'sideroom' }).port;
  const { serveHub } = await import('./serve-hub.ts');
  await new Promise<void>((resolve) => {
    void navigator.locks.request('sideroom hub', () => {
      resolve();
      return new Promise(() => {});
    });
  });
  const { port1, port2 } = new MessageChannel();
  serveHub()(port2);
  return port1;
}

type OpenPassage = Extract<PanelMessage, { readonly type: 'request'; readonly name: 'openPassage' }>;

function opensPassage(message: PanelMessage): message is OpenPassage {
  return message.type === 'request' && message.name === 'openPassage';
}
