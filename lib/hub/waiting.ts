import type { Backend } from '../data/backend.ts';
import { readWaiting } from '../data/join-requests.ts';
import type { AppStateBox } from './app-state.ts';
import { coalesce } from './timers.ts';

/** The groups that this person asked to be let into. Nobody tells a person who waits; the server is asked. */
export interface WaitingList {
  /** Reads the list again, soon; while the server cannot be reached, what was known stays. */
  refresh(): void;
  /** Reads it again, and resolves when the panels have it. Rejects with a FailureError. */
  read(): Promise<void>;
  /** Reads it again if anything is waited for: news of it may have been missed. */
  check(): void;
}

interface Deps {
  readonly backend: Backend;
  readonly state: AppStateBox;
  readonly signal: AbortSignal;
}

export function createWaiting({ backend, state, signal }: Deps): WaitingList {
  const read = coalesce(async () => {
    const waiting = await readWaiting(backend);
    if (!signal.aborted && JSON.stringify(waiting) !== JSON.stringify(state.get().waiting)) state.patch({ waiting });
  });
  const refresh = () => void read().catch(() => {});
  return {
    refresh,
    read,
    check() {
      if (state.get().waiting.length > 0) refresh();
    },
  };
}
