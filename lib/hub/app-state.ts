import type { AppState } from '../model/protocol.ts';

/** The state that all panels show, and the word of its changes. */
export interface AppStateBox {
  get(): AppState;
  /** Takes over values that differ and tells of them. */
  patch(change: Partial<AppState>): void;
  subscribe(listener: (change: Partial<AppState>) => void): () => void;
}

export function createAppState(initial: AppState): AppStateBox {
  let state = initial;
  const listeners = new Set<(change: Partial<AppState>) => void>();
  return {
    get: () => state,
    patch(change) {
      const changed = Object.entries(change).filter(([key, value]) => state[key as keyof AppState] !== value);
      if (changed.length === 0) return;
      const difference: Partial<AppState> = Object.fromEntries(changed);
      state = { ...state, ...difference };
      for (const listener of listeners) listener(difference);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
