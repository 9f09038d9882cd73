import { Pool } from 'pg';
import { limits } from './limits.ts';
import { describeFailure, Refusal } from './refusal.ts';

/** A few connections as superuser, for probes, replay and partitions. It outlives restarts of Postgres. */
export function createPool(adminUrl: string, log: (line: string) => void): Pool {
  const pool = new Pool({
    connectionString: adminUrl,
    max: 5,
    application_name: 'sideroom realtime',
    connectionTimeoutMillis: limits.query,
    statement_timeout: limits.query,
  });
  // While a client is lent, a cut connection is told twice: the query in flight rejects, and the client emits this.
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('error', (error) => log(`realtime: lost an idle database connection (${describeFailure(error)})`));
  return pool;
}

export function databaseUnavailable(): Refusal {
  return new Refusal('UnableToConnectToProject', 'Realtime was unable to connect to the project database');
}
