import type { Backend } from '../data/backend.ts';
import { readBlocked, setBlocked } from '../data/safety.ts';
import { readFact, writeFact } from '../data/store/facts.ts';
import type { Store } from '../data/store/store.ts';
import type { HeardChange } from '../data/wire/changes.ts';
import type { Person } from '../model/chat.ts';
import type { AppStateBox } from './app-state.ts';
import { coalesce } from './timers.ts';

/** Whom this person blocked, as the server last told it; known without it after a restart. */
export interface Blocked {
  restore(): Promise<void>;
  /** Reads it again, soon; while the server cannot be reached, what was known stays. */
  refresh(): void;
  /** Resolves when it counts, here and on the server. Rejects with a FailureError. */
  set(userId: string, blocked: boolean): Promise<void>;
  has(userId: string | null): boolean;
  /** A change as it counts for this person: blocked people address nobody. */
  muffle(change: HeardChange): HeardChange;
}

interface Deps {
  readonly backend: Backend;
  readonly store: Store;
  readonly state: AppStateBox;
  readonly signal: AbortSignal;
}

export function createBlocked({ backend, store, state, signal }: Deps): Blocked {
  async function take(blocked: readonly Person[]): Promise<void> {
    if (signal.aborted || JSON.stringify(blocked) === JSON.stringify(state.get().blocked)) return;
    state.patch({ blocked });
    await writeFact(store, 'blocked', blocked);
  }

  const read = coalesce(async () => take(await readBlocked(backend)));
  const has = (userId: string | null) => state.get().blocked.some(({ id }) => id === userId);

  return {
    async restore() {
      await take((await readFact(store, 'blocked')) ?? []);
    },
    refresh: () => void read().catch(() => {}),
    async set(userId, blocked) {
      await setBlocked(backend, userId, blocked);
      await read();
    },
    has,
    muffle(change) {
      if (change.kind !== 'message' || !has(change.message.authorId)) return change;
      return { ...change, message: { ...change.message, mentions: [], mentionsAll: false } };
    },
  };
}
