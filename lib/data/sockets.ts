import type { WebSocketLikeConstructor } from '@supabase/supabase-js';

/**
 * WebSockets until the signal ends. What is asked for afterwards, by a try that was under way, is never opened, says nothing, and so
 * leads to no further try.
 */
export function socketsUntil(signal: AbortSignal): WebSocketLikeConstructor {
  const { WebSocket } = globalThis;
  function Socket(url: string | URL, protocols?: string | string[]) {
    return signal.aborted ? UNOPENED : new WebSocket(url, protocols);
  }
  return Socket as unknown as WebSocketLikeConstructor;
}

const UNOPENED = { readyState: 3, close() {}, send() {} };
