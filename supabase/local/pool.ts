import pg from 'pg';

/**
 * A pool that outlives its connections. Postgres may end one at any moment, idle or lent out: whoever works with it then gets the error
 * from the query, the pool lends it to nobody again, and the event, which nobody else hears, must not end this process.
 */
export function openPool(options: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ connectionTimeoutMillis: 5_000, ...options });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
