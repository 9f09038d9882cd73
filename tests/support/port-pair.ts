import type { Port } from '../../lib/hub/port.ts';

interface End {
  messages: ((message: never) => void)[];
  breaks: (() => void)[];
}

/** Two ends of a line as between a panel and the worker: messages are cloned and come later, in order. */
export function portPair<A, B>(): [Port<A, B>, Port<B, A>] {
  const left: End = { messages: [], breaks: [] };
  const right: End = { messages: [], breaks: [] };
  let open = true;

  function end<Out, In>(own: End, other: End): Port<Out, In> {
    return {
      postMessage(message) {
        const clone = structuredClone(message) as never;
        queueMicrotask(() => {
          if (open) for (const listener of other.messages) listener(clone);
        });
      },
      onMessage: (listener) => own.messages.push(listener),
      onDisconnect: (listener) => own.breaks.push(listener),
      disconnect() {
        if (!open) return;
        open = false;
        queueMicrotask(() => {
          for (const listener of other.breaks) listener();
        });
      },
    };
  }

  return [end<A, B>(left, right), end<B, A>(right, left)];
}
