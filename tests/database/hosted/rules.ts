import { splitStatements } from './statements.ts';

/** What a hosted project refuses to its role `postgres`, or what would break at the platform's next update. */
export interface HostedRule {
  readonly name: string;
  /** A statement that must be refused for it. */
  readonly example: string;
  refuses(statement: string): boolean;
}

/** Where a hosted project keeps what it brings itself. */
const PLATFORM =
  'auth|storage|realtime|extensions|vault|net|cron|graphql|graphql_public|pgbouncer|supabase_functions|supabase_migrations|pgsodium';
/** Extensions of ours that every hosted project has, with the schema that it keeps them in. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  pgcrypto: 'extensions',
  pg_trgm: 'extensions',
  btree_gin: 'extensions',
  citext: 'extensions',
  unaccent: 'extensions',
  'uuid-ossp': 'extensions',
  pg_net: 'extensions',
  vector: 'extensions',
  pg_cron: 'pg_catalog',
};

const policyOn = (tables: string) =>
  new RegExp(`^(create|alter|drop) policy (if exists )?("[^"]*"|\\w+) on (${tables})\\b`);
/** Names that the statement itself makes or changes: not those it only refers to in columns, conditions or functions it calls. */
const target = (schemas: string) =>
  new RegExp(
    `^(create|alter|drop)( or replace)?[a-z ]*? (if (not )?exists )?(${schemas})\\.` +
      `|^(create|alter|drop)( or replace)? (policy|[a-z ]*trigger|rule|[a-z ]*index)\\b[^(]*? on (only )?(${schemas})\\.` +
      `|^(grant|revoke)\\b.*? on [a-z ]*(${schemas})(\\.|\\b)` +
      `|^comment on [a-z ]+ ("[^"]*" |\\w+ )?(on )?(${schemas})\\.` +
      `|^(truncate( table)?|insert into|update|delete from|merge into|copy|lock( table)?|reindex [a-z]+|refresh materialized view) (only )?(${schemas})\\.` +
      `|\\bset schema (${schemas})\\b|\\bin schema (${schemas})\\b`,
  );

export const HOSTED_RULES: readonly HostedRule[] = [
  {
    name: 'In schema realtime only policies on realtime.messages',
    example: 'alter table realtime.messages enable row level security',
    refuses: (s) => target('realtime').test(s) && !policyOn('realtime\\.messages').test(s),
  },
  {
    name: 'In schema auth only triggers on auth.users',
    example: 'alter table auth.users add column nickname text',
    refuses: (s) => target('auth').test(s) && !/^(create( or replace)?|drop) trigger [^(]* on auth\.users\b/.test(s),
  },
  {
    name: 'In schema storage only policies and rows of storage.buckets',
    example: 'create index on storage.objects (owner_id)',
    refuses: (s) =>
      target('storage').test(s) &&
      !policyOn('storage\\.objects|storage\\.buckets').test(s) &&
      !/^(insert into|update|delete from) storage\.buckets\b/.test(s),
  },
  {
    name: 'The platform’s other schemas are its own',
    example: 'create table vault.mine (id uuid primary key)',
    refuses: (s) => target(PLATFORM.replace('auth|storage|realtime|', '')).test(s),
  },
  {
    name: 'The platform’s schemas are neither made nor changed',
    example: 'alter schema auth rename to ours',
    refuses: (s) => new RegExp(`^(create|alter|drop) schema (if (not )?exists )?(${PLATFORM})\\b`).test(s),
  },
  {
    name: 'Extensions that hosted has, where hosted keeps them',
    example: 'create extension if not exists plpython3u',
    refuses(s) {
      const made = /^create extension (?:if not exists )?"?([\w-]+)"?(?: with schema (\w+))?/.exec(s);
      return made !== null && (made[1] === undefined || EXTENSIONS[made[1]] !== made[2] || made[2] === undefined);
    },
  },
  {
    name: 'Extensions are neither altered nor dropped',
    example: 'drop extension pgcrypto',
    refuses: (s) => /^(alter|drop) extension\b/.test(s),
  },
  {
    name: 'Roles are the platform’s',
    example: 'create role moderator',
    refuses: (s) =>
      /^(create|alter|drop) (role|user|group)\b|^reassign owned|^drop owned/.test(s) ||
      /^(grant|revoke) (?!.* on )[\w, ]+ (to|from) /.test(s),
  },
  {
    name: 'No change of role or owner',
    example: 'alter table public.chats owner to supabase_admin',
    refuses: (s) => /\bowner to\b|^set (local |session )?(role|session authorization)\b|\bfor role\b/.test(s),
  },
  {
    name: 'The server and its databases are the platform’s',
    example: "alter system set wal_level = 'minimal'",
    refuses: (s) =>
      /^alter system\b|^(create|alter|drop) (database|tablespace)\b|^(load|checkpoint|vacuum|set (local |session )?session_replication_role)\b/.test(
        s,
      ),
  },
  {
    name: 'No code outside the trusted languages',
    example: "create function public.f() returns void language c as 'x', 'y'",
    refuses: (s) =>
      /\blanguage "?(?!(sql|plpgsql)\b)\w+/.test(s) ||
      /^(create|drop) (or replace )?(trusted )?(procedural )?language\b/.test(s),
  },
  {
    name: 'No files and programs of the server',
    example: "copy public.chats to program 'curl'",
    refuses: (s) => /^copy\b/.test(s) || /\bpg_(read|write|ls)_\w+\(/.test(s) || /\blo_(im|ex)port\(/.test(s),
  },
  {
    name: 'Nothing that reaches over all of the database or out of it',
    example: 'create publication everything for all tables',
    refuses: (s) =>
      /^(create|alter|drop) (event trigger|foreign data wrapper|server|user mapping|subscription|access method|cast|operator class|operator family|text search (template|parser))\b/.test(
        s,
      ) || /^(create|alter|drop) publication\b/.test(s),
  },
  {
    name: 'No statement that cannot run inside a transaction',
    example: 'create index concurrently chats_by_title on public.chats (title)',
    refuses: (s) =>
      /^(create (unique )?index concurrently|reindex\b.*\bconcurrently|commit\b|rollback\b|start transaction)/.test(s),
  },
];

/** The reasons why a hosted project would refuse this script, with the statement; empty when it would run. */
export function refusalsOf(script: string): string[] {
  return splitStatements(script).flatMap((statement) =>
    HOSTED_RULES.filter((rule) => rule.refuses(statement)).map((rule) => `${rule.name}: ${statement.slice(0, 120)}`),
  );
}
