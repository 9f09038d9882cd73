import type { Sql, TransactionSql } from 'postgres';
import { vi } from 'vitest';

/** Resolves as soon as that many statements of this database wait for a lock. */
export async function waitForBlocked(sql: Sql, count: number): Promise<void> {
  await vi.waitFor(
    async () => {
      const [row] = await sql<{ blocked: number }[]>`
        select count(*)::int as blocked from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      if (row?.blocked !== count) throw new Error(`${row?.blocked} statements wait, not ${count}`);
    },
    { timeout: 10_000, interval: 5 },
  );
}

/** A transaction that has done its work and stays open, with all its locks, until it is told to commit. */
export interface OpenTransaction {
  commit(): Promise<void>;
}

/** Resolves when `work` is done and not yet committed. */
export async function hold(sql: Sql, work: (tx: TransactionSql) => Promise<unknown>): Promise<OpenTransaction> {
  const done = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const transaction = sql.begin(async (tx) => {
    await work(tx);
    done.resolve();
    await released.promise;
  });
  await Promise.race([done.promise, transaction]);
  return {
    async commit() {
      released.resolve();
      await transaction;
    },
  };
}
