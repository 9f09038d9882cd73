import type { Connection } from '../model/protocol.ts';
import type { AppStateBox } from './app-state.ts';
import type { HubDeps } from './deps.ts';

/** Whether the server is there, learnt from every request and from the socket rather than from the browser's belief. */
export interface ConnectionWatch {
  /** A request was answered, or could not be. */
  noteReach(reached: boolean): void;
  /** `none`: nobody is signed in, so no socket is wanted. */
  noteSocket(state: 'none' | 'lost' | 'joined'): void;
  /** Calls whenever the server may have come back: what waited should be tried now. */
  onBack(listener: () => void, signal: AbortSignal): void;
}

export function watchConnection(state: AppStateBox, online: HubDeps['online'], signal: AbortSignal): ConnectionWatch {
  let reached: boolean | null = online.get() ? null : false;
  let socket: 'none' | 'lost' | 'joined' = 'none';
  const listeners = new Set<() => void>();

  function publish(): void {
    state.patch({ connection: connectionOf(reached, socket) });
  }

  function tellBack(): void {
    for (const listener of [...listeners]) listener();
  }

  online.subscribe(() => {
    if (!online.get()) {
      reached = false;
      publish();
    } else tellBack();
  }, signal);

  return {
    noteReach(now) {
      const back = reached === false && now;
      reached = now;
      publish();
      if (back) tellBack();
    },
    noteSocket(now) {
      const back = socket !== 'joined' && now === 'joined';
      socket = now;
      if (back) reached = true;
      publish();
      if (back) tellBack();
    },
    onBack(listener, ends) {
      listeners.add(listener);
      ends.addEventListener('abort', () => listeners.delete(listener));
    },
  };
}

function connectionOf(reached: boolean | null, socket: 'none' | 'lost' | 'joined'): Connection {
  if (reached === false) return 'offline';
  if (socket === 'none') return 'online';
  return socket === 'joined' ? 'online' : 'connecting';
}
