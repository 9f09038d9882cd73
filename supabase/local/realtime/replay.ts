import type { Pool } from 'pg';
import { isUnavailable } from '../is-unavailable.ts';
import type { Broadcast } from './broadcast.ts';
import { databaseUnavailable } from './database.ts';
import { limits } from './limits.ts';

export interface ReplayWish {
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly limit: number;
}

/** The latest broadcasts that the database sent on a topic since then, oldest first, marked as replayed. At most 25: no means of synchronising. */
export async function readReplay(pool: Pool, topic: string, { since, limit }: ReplayWish): Promise<Broadcast[]> {
  const rows = await pool
    .query<{ id: string; event: string; payload: string | null; binary_payload: Buffer | null }>(
      `select id, event, payload::text, binary_payload from realtime.messages
       where topic = $1 and private and extension = 'broadcast' and event is not null
         and inserted_at >= to_timestamp($2 / 1000.0) at time zone 'UTC'
         and inserted_at < now() at time zone 'UTC' + interval '1 minute'
         and (payload is not null or binary_payload is not null)
       order by inserted_at desc limit $3`,
      [topic, since, Math.min(limit, limits.replayedMessages)],
    )
    .then(
      (result) => result.rows,
      (error: unknown) => {
        throw isUnavailable(error) ? databaseUnavailable() : error;
      },
    );
  return rows.reverse().map(({ id, event, payload, binary_payload }) => ({
    event,
    encoding: binary_payload ? 'binary' : 'json',
    payload: binary_payload ?? Buffer.from(payload ?? 'null'),
    meta: { id, replayed: true },
  }));
}
