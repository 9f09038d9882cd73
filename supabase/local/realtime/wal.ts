import { setTimeout as delay } from 'node:timers/promises';
import { isUnavailable } from '../is-unavailable.ts';
import { createPgoutputDecoder, type InsertedRow } from './pgoutput.ts';
import { describeFailure } from './refusal.ts';
import { openReplicationStream } from './replication-stream.ts';

const FIRST_WAIT = 100;
const LONGEST_WAIT = 2_000;

export interface WalReader {
  /** Resolves when rows committed from now on will be seen; at once while the stream is open. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

export interface WalOptions {
  readonly adminUrl: string;
  /**
   * Called in commit order. Rows committed while the stream was broken never come: receivers find them in the tables.
   * The values are views of the driver's buffer, good during the call only.
   */
  readonly onInsert: (row: InsertedRow) => void;
  readonly log: (line: string) => void;
}

/**
 * Follows what is inserted into the publication. Rejects when the first stream cannot be opened; afterwards opens another,
 * with growing waits, whenever one breaks (Postgres restarted, walsender ended), until stopped.
 */
export async function startWalReader({ adminUrl, onInsert, log }: WalOptions): Promise<WalReader> {
  const stopping = new AbortController();
  let opened = Promise.withResolvers<void>();
  const following = follow(await open());
  opened.resolve();
  return {
    ready: () => opened.promise,
    async stop() {
      stopping.abort();
      await following;
    },
  };

  async function open() {
    const decoder = createPgoutputDecoder();
    const deliver = (message: Buffer) => {
      const row = decoder.decode(message);
      if (row !== null) onInsert(row);
    };
    return openReplicationStream(adminUrl, deliver, stopping.signal);
  }

  async function follow(first: { ended: Promise<Error | null> }): Promise<void> {
    for (let stream: typeof first | null = first; stream !== null; stream = await reopen()) {
      opened.resolve();
      const error = await stream.ended;
      opened = Promise.withResolvers();
      if (!stopping.signal.aborted) {
        log(`realtime: replication ended (${describeFailure(error)}), opening it again`);
      }
    }
  }

  /** Null when stopped. Every failure is waited out, because a set-up that can never work has failed at the first opening. */
  async function reopen() {
    for (let wait = FIRST_WAIT; !stopping.signal.aborted; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      try {
        return await open();
      } catch (error) {
        if (!isUnavailable(error)) log(`realtime: replication could not be opened (${describeFailure(error)})`);
      }
      await delay(wait, undefined, { signal: stopping.signal }).catch(() => {});
    }
    return null;
  }
}
