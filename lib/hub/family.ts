import type { Backend } from '../data/backend.ts';
import { readFamily } from '../data/family.ts';
import type { AppStateBox } from './app-state.ts';
import { coalesce } from './timers.ts';

/** Whom this person looks after, and who looks after them, as the server last told. */
export interface FamilyKeeper {
  /** Reads it again, soon; while the server cannot be reached, what was known stays. */
  refresh(): void;
  /** Reads it again, and resolves when the panels have it. Rejects with a FailureError. */
  read(): Promise<void>;
}

interface Deps {
  readonly backend: Backend;
  readonly state: AppStateBox;
  readonly signal: AbortSignal;
}

export function createFamily({ backend, state, signal }: Deps): FamilyKeeper {
  const read = coalesce(async () => {
    const family = await readFamily(backend);
    if (!signal.aborted && JSON.stringify(family) !== JSON.stringify(state.get().family)) state.patch({ family });
  });
  return { read, refresh: () => void read().catch(() => {}) };
}
