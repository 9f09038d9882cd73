import { readdirSync, readFileSync } from 'node:fs';
import postgres from 'postgres';

const FOLDER = new URL('../../migrations/', import.meta.url);

/**
 * Applies the migrations that this database has not had yet, each in a transaction of its own, and records them as
 * `supabase db push` does. Returns their file names. Rejects with the file's name when one fails.
 */
export async function migrate(migrationUrl: string): Promise<string[]> {
  const sql = postgres(migrationUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`create schema if not exists supabase_migrations`;
    await sql`create table if not exists supabase_migrations.schema_migrations (version text primary key, statements text[], name text)`;
    const rows = await sql<{ version: string }[]>`select version from supabase_migrations.schema_migrations`;
    const applied = new Set(rows.map((row) => row.version));
    const due = readdirSync(FOLDER)
      .filter((file) => file.endsWith('.sql') && !applied.has(versionOf(file)))
      .sort();
    for (const file of due) {
      const text = readFileSync(new URL(file, FOLDER), 'utf8');
      try {
        await sql.begin(async (transaction) => {
          await transaction.unsafe(text);
          await transaction`
            insert into supabase_migrations.schema_migrations (version, name, statements)
            values (${versionOf(file)}, ${nameOf(file)}, ${[text]})`;
        });
      } catch (cause) {
        throw new Error(`Migration ${file} failed: ${cause instanceof Error ? cause.message : String(cause)}`, {
          cause,
        });
      }
    }
    return due;
  } finally {
    await sql.end();
  }
}

function versionOf(file: string): string {
  return file.slice(0, file.indexOf('_'));
}

function nameOf(file: string): string {
  return file.slice(file.indexOf('_') + 1, -'.sql'.length);
}
