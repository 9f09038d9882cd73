import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { prepareDatabase } from '../../supabase/local/database/prepare.ts';
import { startPostgres } from '../../supabase/local/postgres/postgres.ts';
import { temporaryFolder } from './folders.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Connection string of the superuser on the server; append the name of a database. */
    databaseServer: string;
    /** Of the role that migrates. */
    databaseMigrator: string;
  }
}

const PASSWORD = 'test';

/** One Postgres for all database tests of a run, with a migrated database `app` to copy from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = temporaryFolder();
  const server = await startPostgres({ folder: folder.path, port: 0, password: PASSWORD, durable: false });
  const admin = postgres(server.adminUrl(), { max: 1, onnotice: () => {} });
  await admin`create database app`;
  await admin.end();
  await prepareDatabase({
    adminUrl: server.adminUrl('app'),
    migrationUrl: server.migrationUrl('app'),
    password: PASSWORD,
  });
  project.provide('databaseServer', server.adminUrl(''));
  project.provide('databaseMigrator', server.migrationUrl(''));
  return async () => {
    await server.stop();
    folder.remove();
  };
}
