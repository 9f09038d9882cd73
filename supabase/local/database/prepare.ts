import { readFileSync } from 'node:fs';
import { getAuthSchemaSql } from '@supabase/lite';
import postgres, { type Sql } from 'postgres';
import { migrate } from './migrate.ts';

/** In this order: each stands on the ones before it. lite's auth tables come between storage and auth. */
const BEFORE_AUTH = ['roles', 'realtime', 'storage'] as const;

/**
 * Brings a database to where a hosted project with our migrations would be: what hosted brings itself (bootstrap/*.sql, auth
 * tables), then the migrations as role `postgres`. May be run again; applies only what is new. Returns the names of the migrations
 * applied now.
 */
export async function prepareDatabase(urls: {
  adminUrl: string;
  migrationUrl: string;
  password: string;
}): Promise<string[]> {
  const admin = postgres(urls.adminUrl, { max: 1, onnotice: () => {} });
  try {
    for (const name of BEFORE_AUTH) await admin.unsafe(bootstrap(name));
    await admin.unsafe(`alter role postgres with password '${urls.password}'`);
    if (!(await hasAuthTables(admin))) await admin.unsafe(getAuthSchemaSql(true));
    await admin.unsafe(bootstrap('auth'));
    await admin.unsafe(`grant all on database ${new URL(urls.adminUrl).pathname.slice(1)} to postgres`);
  } finally {
    await admin.end();
  }
  return migrate(urls.migrationUrl);
}

async function hasAuthTables(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ present: boolean }[]>`select to_regclass('auth.users') is not null as present`;
  return row?.present === true;
}

function bootstrap(name: string): string {
  return readFileSync(new URL(`../bootstrap/${name}.sql`, import.meta.url), 'utf8');
}
