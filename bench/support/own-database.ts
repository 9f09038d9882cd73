import { randomBytes } from 'node:crypto';
import postgres, { type Sql } from 'postgres';
import { startDatabase } from '../../supabase/local/database/live-database.ts';
import { temporaryFolder } from '../../tests/support/folders.ts';

/** A Postgres of a measurement's own, with our schema: what is heaped up in it is in nobody's way. */
export async function startOwnDatabase(): Promise<{ readonly sql: Sql; stop(): Promise<void> }> {
  const folder = temporaryFolder();
  const password = randomBytes(16).toString('hex');
  const database = await startDatabase({ folder: folder.path, port: 0, password, durable: false, log: () => {} });
  const sql = connectTo(database.adminUrl);
  return {
    sql,
    async stop() {
      await sql.end({ timeout: 1 });
      await database.stop();
      folder.remove();
    },
  };
}

/** As the superuser, who may become anybody. */
export function connectTo(adminUrl: string): Sql {
  return postgres(adminUrl, { max: 20, onnotice: () => undefined });
}
