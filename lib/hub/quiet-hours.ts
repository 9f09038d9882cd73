import type { Backend } from '../data/backend.ts';
import { readQuietHours, writeQuietHours } from '../data/quiet-hours.ts';
import { readFact, writeFact } from '../data/store/facts.ts';
import type { Store } from '../data/store/store.ts';
import { isQuiet, type QuietHours } from '../model/quiet-hours.ts';
import type { AppStateBox } from './app-state.ts';
import { coalesce } from './timers.ts';

/** The person's quiet hours, as the server last told them; known without it after a restart. */
export interface QuietHoursKeeper {
  restore(): Promise<void>;
  /** Reads them again, soon; while the server cannot be reached, what was known stays. */
  refresh(): void;
  /** Resolves when they count, here and on the server. Rejects with a FailureError. */
  set(hours: Pick<QuietHours, 'from' | 'to'> | null): Promise<void>;
  isNow(): boolean;
}

interface Deps {
  readonly backend: Backend;
  readonly store: Store;
  readonly state: AppStateBox;
  readonly userId: string;
  readonly signal: AbortSignal;
  now(): number;
  timeZone(): string;
}

export function createQuietHours({ backend, store, state, userId, signal, now, timeZone }: Deps): QuietHoursKeeper {
  /** Counts what was chosen here: an answer from before must not bring back what was. */
  let choices = 0;

  async function take(quietHours: QuietHours | null): Promise<void> {
    if (signal.aborted || JSON.stringify(quietHours) === JSON.stringify(state.get().quietHours)) return;
    state.patch({ quietHours });
    await writeFact(store, 'quietHours', quietHours);
  }

  const read = coalesce(async () => {
    const before = choices;
    const hours = await readQuietHours(backend, userId);
    if (before === choices) await take(hours);
  });

  return {
    async restore() {
      await take(await readFact(store, 'quietHours'));
    },
    refresh: () => void read().catch(() => {}),
    async set(chosen) {
      const hours = chosen === null ? null : { ...chosen, timeZone: timeZone() };
      choices++;
      await writeQuietHours(backend, userId, hours);
      choices++;
      await take(hours);
    },
    isNow() {
      const { quietHours } = state.get();
      return quietHours !== null && isQuiet(quietHours, new Date(now()), timeZone());
    },
  };
}
