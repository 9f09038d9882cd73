import * as v from 'valibot';
import type { Database } from './database.ts';

/** What a recording used, as the service counts; null: it did not say. Services count by tokens or by time. */
export interface SpeechUse {
  readonly model: string;
  readonly input_tokens: number | null;
  readonly output_tokens: number | null;
  readonly seconds: number | null;
}

/** The money of a day, for recordings. All throw DatabaseError. */
export interface Spending {
  /** Sets some of it aside; false: it is used up. */
  begin(id: string): Promise<boolean>;
  /** Counts what it cost instead, once for an id; null: nothing. */
  end(id: string, use: SpeechUse | null): Promise<void>;
}

export function openSpending(database: Database): Spending {
  return {
    async begin(id) {
      return (await database.call('begin_speech', { p_id: id }, v.object({ begun: v.boolean() }))).begun;
    },
    async end(id, use) {
      // As text: the embedded REST would encode a value of JSON twice.
      await database.call('end_speech', { p_id: id, p_use: use === null ? null : JSON.stringify(use) }, v.unknown());
    },
  };
}
