import type { Sql } from 'postgres';
import { afterAll } from 'vitest';
import { useDatabase } from '../database.ts';
import { createSeats } from './seats.ts';
import { startServer, type TestServer } from './server.ts';

export interface Stage {
  readonly sql: Sql;
  readonly server: TestServer;
}

/** A database of its own with seats, and a Realtime server on it. Stopped after the file's tests, before the database is dropped. */
export async function openStage(): Promise<Stage> {
  const { sql, adminUrl } = await useDatabase();
  await createSeats(sql);
  const server = await startServer(adminUrl);
  afterAll(() => server.stop());
  return { sql, server };
}
