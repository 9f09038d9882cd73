import { DatabaseError, type Pool } from 'pg';
import { isUnavailable } from '../is-unavailable.ts';
import { describeFailure } from './refusal.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const KEPT = 72 * HOUR;

/**
 * `realtime.messages` has one partition per UTC day. Without today's, every broadcast is lost with a mere warning, so
 * yesterday's up to the one in three days always exist; older than 72 hours are dropped, as on hosted projects.
 */
export async function maintainPartitions(pool: Pool, now: number): Promise<void> {
  for (let day = -1; day <= 3; day += 1) await createPartition(pool, now + day * DAY);
  const oldest = partitionName(now - KEPT);
  const existing = await pool.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'realtime.messages'::regclass`,
  );
  for (const { name } of existing.rows) {
    if (/^messages_\d{4}_\d{2}_\d{2}$/.test(name) && name < oldest)
      await pool.query(`drop table if exists realtime.${name}`);
  }
}

/** Maintains once, and again every hour until stopped. Rejects when the first time fails. */
export async function keepPartitions(pool: Pool, log: (line: string) => void): Promise<() => void> {
  await maintainPartitions(pool, Date.now());
  const timer = setInterval(() => {
    // Three days are ahead, so many of these may fail before a broadcast is lost.
    maintainPartitions(pool, Date.now()).catch((error: unknown) => {
      if (!(error instanceof DatabaseError) && !isUnavailable(error)) throw error;
      log(`realtime: partitions were not maintained (${describeFailure(error)}), trying again in an hour`);
    });
  }, HOUR);
  return () => clearInterval(timer);
}

async function createPartition(pool: Pool, time: number): Promise<void> {
  const name = partitionName(time);
  const found = await pool.query<{ missing: boolean }>('select to_regclass($1) is null as missing', [
    `realtime.${name}`,
  ]);
  if (!found.rows[0]?.missing) return;
  await pool.query(`
    create table if not exists realtime.${name} partition of realtime.messages
      for values from ('${isoDate(time)}') to ('${isoDate(time + DAY)}');
    alter table realtime.${name} owner to supabase_realtime_admin;`);
}

function partitionName(time: number): string {
  return `messages_${isoDate(time).replaceAll('-', '_')}`;
}

function isoDate(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
