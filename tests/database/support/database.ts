import { randomBytes } from 'node:crypto';
import postgres, { type Sql } from 'postgres';
import { afterAll, inject } from 'vitest';

/** A migrated database of a test file's own. */
export interface TestDatabase {
  /** As the superuser, who may become anybody; up to 50 connections. */
  readonly sql: Sql;
  readonly adminUrl: string;
  /** As the role that migrates. */
  readonly migrationUrl: string;
}

/** Copies the migrated database for this test file; it is gone when the file's tests are over. */
export async function useDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const server = postgres(`${inject('databaseServer')}postgres`, { max: 1 });
  await server`create database ${server(name)} template app`;
  const adminUrl = `${inject('databaseServer')}${name}`;
  const sql = postgres(adminUrl, { max: 50, onnotice: () => undefined });
  afterAll(async () => {
    await sql.end({ timeout: 1 });
    await server`drop database ${server(name)} with (force)`;
    await server.end();
  });
  return { sql, adminUrl, migrationUrl: `${inject('databaseMigrator')}${name}` };
}
