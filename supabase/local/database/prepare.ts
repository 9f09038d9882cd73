import { readFileSync } from 'node:fs';
import { getAuthSchemaSql } from '@supabase/lite';
import postgres, { type Sql } from 'postgres';
import { migrate } from './migrate.ts';

/** In this order: each stands on the ones before it. lite's auth tables come between storage and auth. */
const BEFORE_AUTH = ['roles', 'realtime', 'storage'] as const;

export interface PrepareOptions {
  /** Connection string of the superuser. */
  readonly adminUrl: string;
  /** Connection string of the role that migrates. */
  readonly migrationUrl: string;
  /** What the role that migrates is to have as password. */
  readonly password: string;
}

/**
 * Brings a database to where a hosted project with our migrations would be: what hosted brings itself, then the migrations as role
 * `postgres`. May be run again; applies only what is new. Returns the names of the migrations applied now.
 */
export async function prepareDatabase(options: PrepareOptions): Promise<string[]> {
  await bootstrapDatabase(options);
  return migrate(options.migrationUrl);
}

/** The first half of that: an empty hosted project. */
export async function bootstrapDatabase({ adminUrl, password }: Omit<PrepareOptions, 'migrationUrl'>): Promise<void> {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    for (const name of BEFORE_AUTH) await admin.unsafe(bootstrap(name));
    await admin.unsafe(`alter role postgres with password '${password}'`);
    if (!(await hasAuthTables(admin))) await admin.unsafe(getAuthSchemaSql(true));
    await admin.unsafe(bootstrap('auth'));
    await admin.unsafe(`grant all on database ${new URL(adminUrl).pathname.slice(1)} to postgres`);
  } finally {
    await admin.end();
  }
}

async function hasAuthTables(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ present: boolean }[]>`select to_regclass('auth.users') is not null as present`;
  return row?.present === true;
}

function bootstrap(name: string): string {
  return readFileSync(new URL(`../bootstrap/${name}.sql`, import.meta.url), 'utf8');
}
