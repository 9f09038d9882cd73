import { expect, test } from 'vitest';
import '../support/findings.ts';
import { CAST, declaredForAll, type Row } from './access/cast.ts';
import { BUCKETS, PLATFORM, SCHEMAS, TELLERS } from './access/surface.ts';
import { createWorld, type World } from './access/world.ts';
import { attempt, type Outcome } from './support/attempt.ts';
import { useDatabase } from './support/database.ts';

/** What could let somebody in beside tables and functions: other schemas, sequences, buckets, topics. */
const { sql } = await useDatabase();
const buckets = await sql<{ id: string; public: boolean; limit: number | null }[]>`
  select id, public, file_size_limit as limit from storage.buckets order by id`;
const world = await createWorld(sql);

const ROLES = ['anon', 'authenticated', 'service_role'];

test('every schema is listed with those who may use it, and nobody makes anything in one', async () => {
  const schemas = await sql<{ name: string; users: string[]; makers: string[] }[]>`
    select n.nspname as name,
      array(select r from unnest(${ROLES}::text[]) r where has_schema_privilege(r, n.oid, 'usage')) as users,
      array(select r from unnest(${ROLES}::text[]) r where has_schema_privilege(r, n.oid, 'create')) as makers
    from pg_namespace n where n.nspname !~ '^pg_(toast|temp)' order by 1`;
  expect(Object.fromEntries(schemas.map(({ name, users }) => [name, users]))).toEqual(SCHEMAS);
  expect(schemas.filter(({ makers }) => makers.length > 0)).toEqual([]);
});

test('of the platform’s tables and views, people and strangers have rights on those that are listed alone', async () => {
  const rows = await sql<{ name: string }[]>`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in ('public', 'private', 'pg_catalog', 'information_schema')
      and exists (select from unnest(array['anon', 'authenticated']) r, unnest(array['select', 'insert', 'update', 'delete', 'truncate']) p
        where has_table_privilege(r, c.oid, p) or (p not in ('delete', 'truncate') and has_any_column_privilege(r, c.oid, p)))
    order by 1`;
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(PLATFORM));
});

test('what the platform keeps of passwords, sessions, queries and migrations is closed to all', async ({ task }) => {
  const closed = [
    'select from auth.users',
    'select from auth.sessions',
    'select from auth.refresh_tokens',
    'select from auth.identities',
    'select from supabase_migrations.schema_migrations',
    'select from pg_catalog.pg_authid',
    'select from pg_catalog.pg_shadow',
    'select from pg_catalog.pg_statistic',
    'select from pg_catalog.pg_subscription where subconninfo is not null',
    `select pg_read_file('/etc/passwd')`,
    `select lo_import('/etc/passwd')`,
    `copy public.profiles to program 'id'`,
    `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'supabase_admin'`,
    'create table public.mine (id integer)',
    'create schema mine',
  ];
  const people = CAST.filter((who) => who !== 'service');
  task.meta.cells = closed.length * people.length;
  for (const statement of closed)
    for (const who of people)
      expect(String(await attempt(sql, world.actors[who], statement)), `${who}: ${statement}`).toMatch(/^42501$/);
});

test('nobody sees what others ask of the server, nor counts what is hidden from them', async () => {
  for (const who of CAST.filter((each) => each !== 'service')) {
    const others = `select from pg_stat_activity where query <> '<insufficient privilege>' and query <> '' and pid <> pg_backend_pid()`;
    expect(await attempt(sql, world.actors[who], others), who).toBe(0);
    const queries = `select from extensions.pg_stat_statements where query not in ('<insufficient privilege>') and userid <> (select oid from pg_roles where rolname = current_user)`;
    expect(await attempt(sql, world.actors[who], queries), who).toBe(0);
    // Samples of columns, where row-level security would not be asked.
    await sql`analyze public.messages, public.profiles, private.reports`;
    expect(
      await attempt(sql, world.actors[who], `select from pg_stats where schemaname in ('public', 'private')`),
      who,
    ).toBe(0);
  }
});

test('nobody takes numbers from a sequence', async () => {
  const open = await sql`
    select c.oid::regclass::text as sequence, r as role from pg_class c, unnest(${ROLES}::text[]) r
    where c.relkind = 'S' and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
      and has_sequence_privilege(r, c.oid, 'usage, select, update')`;
  expect([...open]).toEqual([]);
});

test('every bucket is listed, none is public, and each says how large a file may be', () => {
  expect(
    buckets.map(({ id }) => id),
    'a new bucket needs its rows in tests/contract/access-channels.test.ts',
  ).toEqual(BUCKETS);
  expect(buckets.filter((bucket) => bucket.public || bucket.limit === null)).toEqual([]);
});

test('the functions that are listed tell the topics that are listed, and no other function tells anything', async () => {
  const tellers = await sql<{ name: string; topic: string }[]>`
    select p.oid::regprocedure::text as name,
      (regexp_match(p.prosrc, 'realtime\\.send\\([^,]+, [^,]+, ([^,]+), true\\)'))[1] as topic
    from pg_proc p where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
      and p.prosrc ~* 'realtime\\.|\\mpg_notify\\M' and p.prosrc !~* '^\\s*select realtime\\.topic' order by 1`;
  const named = tellers.map(({ name, topic }) => [name, topic]);
  expect(Object.fromEntries(named), 'a new kind of topic needs its rows below, and in private.can_receive').toEqual(
    TELLERS,
  );
});

const NO = '42501';

/** Kinds of topics: those that are told, as far as somebody could ask for them, and others that are not there. */
const TOPICS: readonly (readonly [what: string, topic: (w: World) => string, receive: Row])[] = [
  ['the group’s', (w) => w.topic, { outcomes: [0, 0, 1, 1, 0, 0, 2] }],
  ['the creator’s own', (w) => `user:${w.creator.id}`, { outcomes: [0, 0, 0, 1, 0, 0, 2] }],
  ['the group’s before the last change', (w) => older(w.topic), { outcomes: [0, 0, 0, 0, 0, 0, 2] }],
  ['the group’s to come', (w) => `${w.topic}0`, { outcomes: [0, 0, 0, 0, 0, 0, 2] }],
  ['the group’s without a number', (w) => `chat:${w.chat}`, { outcomes: [0, 0, 0, 0, 0, 0, 2] }],
  ['the group’s in capitals', (w) => w.topic.toUpperCase(), { outcomes: [0, 0, 0, 0, 0, 0, 2] }],
  ['the group’s with something behind', (w) => `${w.topic}:x`, { outcomes: [0, 0, 0, 0, 0, 0, 2] }],
  ['everybody’s', () => 'user:%', { outcomes: [0, 0, 0, 0, 0, 0, 2] }],
  ['the API’s own', () => 'realtime', { outcomes: [0, 0, 0, 0, 0, 0, 2] }],
  ['nameless', () => '', { outcomes: [0, 0, 0, 0, 0, 0, 2] }],
];

const older = (topic: string) => topic.replace(/\d+$/, (epoch) => String(Number(epoch) - 1));

async function outcomesOf(statement: string, topic: string): Promise<Record<string, Outcome>> {
  const prepare = `insert into realtime.messages (topic, extension, event) values ('${topic}', 'broadcast', 'probe'), ('${topic}', 'presence', 'probe');
    select set_config('realtime.topic', '${topic}', true)`;
  const found: Record<string, Outcome> = {};
  for (const who of CAST) found[who] = await attempt(sql, world.actors[who], statement, prepare);
  return found;
}

test.for(TOPICS)(
  'a topic that is %s: receive, broadcast, presence, change, delete',
  async ([, topicOf, receive], { task }) => {
    task.meta.cells = CAST.length * 5;
    const topic = topicOf(world);
    const mine = `topic = '${topic}' and event = 'probe'`;
    expect(await outcomesOf(`select from realtime.messages where ${mine}`, topic)).toEqual(declaredForAll(receive));
    for (const extension of ['broadcast', 'presence'])
      expect(
        await outcomesOf(`insert into realtime.messages (topic, extension) values ('${topic}', '${extension}')`, topic),
      ).toEqual(declaredForAll({ outcomes: [NO, NO, NO, NO, NO, NO, 1] }));
    expect(await outcomesOf(`update realtime.messages set event = 'forged' where ${mine}`, topic)).toEqual(
      declaredForAll({ outcomes: [0, 0, 0, 0, 0, 0, 2] }),
    );
    expect(await outcomesOf(`delete from realtime.messages where ${mine}`, topic)).toEqual(
      declaredForAll({ outcomes: [NO, NO, NO, NO, NO, NO, NO] }),
    );
  },
);
