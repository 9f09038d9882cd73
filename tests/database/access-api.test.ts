import { expect, test } from 'vitest';
import '../support/findings.ts';
import { CAST, declaredForAll, type Who } from './access/cast.ts';
import { CALLABLE } from './access/functions.ts';
import { REQUESTS } from './access/requests.ts';
import { type Command, TABLES } from './access/tables.ts';
import { createWorld } from './access/world.ts';
import { type ApiRequest, useApi } from './support/api.ts';
import type { Outcome } from './support/attempt.ts';
import { useDatabase } from './support/database.ts';

/** The same matrix through the API, as clients meet it: tokens, exposed schemas, and rights as PostgREST hands them on. */
const NOBODY = '00000000-0000-4000-8000-000000000000';

const { sql, adminUrl } = await useDatabase();
const world = await createWorld(sql);
const attempt = useApi(adminUrl);

const functions = await sql<{ name: string; schema: string; arguments: string[] }[]>`
  select p.proname as name, n.nspname as schema, coalesce(p.proargnames, '{}') as arguments
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('public', 'private')`;

const offered = Object.entries(CALLABLE).filter(([name]) => name.startsWith('public.'));

test.for(offered)('%s', async ([signature, row], { task }) => {
  task.meta.cells = CAST.length;
  const name = /^public\.(\w+)/.exec(signature)?.[1] ?? '';
  const body = await argumentsOf(name, row.call(world));
  expect(await outcomesOf(() => ({ method: 'POST', path: `rpc/${name}`, body }))).toEqual(declaredForAll(row));
});

/** The arguments of a call in SQL, as a client names them. */
async function argumentsOf(name: string, call: string): Promise<Record<string, unknown>> {
  const list = /^select public\.\w+\((.*)\)$/s.exec(call)?.[1] ?? '';
  if (list === '') return {};
  const [row] = await sql.unsafe<{ list: unknown[] }[]>(`select jsonb_build_array(${list}) as list`);
  const names = functions.find((each) => each.schema === 'public' && each.name === name)?.arguments ?? [];
  return Object.fromEntries((row?.list ?? []).map((value, at) => [names[at], value]));
}

test('what the schema private holds is not to be reached, whoever asks', async ({ task }) => {
  const isOffered = (name: string) => functions.some((each) => each.schema === 'public' && each.name === name);
  const hidden = functions.filter(({ schema, name }) => schema === 'private' && !isOffered(name));
  task.meta.cells = hidden.length * CAST.length;
  const found = new Set<Outcome>();
  for (const { name } of hidden)
    for (const who of CAST)
      found.add(await attempt(world.actors[who], { method: 'POST', path: `rpc/${name}`, body: {} }));
  expect([...found]).toEqual(['PGRST202']);
});

const probes = Object.entries(TABLES).flatMap(([table, all]) =>
  table.startsWith('public.') ? all.map((probe) => [probe.command, table, probe.what, probe] as const) : [],
);

test.for(probes)('%s on %s: %s', async ([, table, what, probe], { task }) => {
  task.meta.cells = CAST.length;
  const build = REQUESTS[table]?.[what];
  if (build === undefined) throw new Error('tests/database/access/requests.ts lacks a request for this');
  expect(await outcomesOf((who) => build(world, idOf(who)))).toEqual(declaredForAll(probe));
});

const tables = await sql<{ schema: string; name: string; column: string }[]>`
  select n.nspname as schema, c.relname as name, (select a.attname from pg_attribute a
    where a.attrelid = c.oid and a.attnum > 0 and a.attidentity = '' and a.attgenerated = '' order by a.attnum limit 1) as column
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname in ('public', 'private')`;

const CLOSED: Readonly<Record<Command, (table: { name: string; column: string }) => ApiRequest>> = {
  select: ({ name, column }) => ({ method: 'GET', path: `${name}?select=${column}&limit=1` }),
  insert: ({ name, column }) => ({ method: 'POST', path: name, body: { [column]: null } }),
  update: ({ name, column }) => ({ method: 'PATCH', path: name, body: { [column]: null } }),
  delete: ({ name }) => ({ method: 'DELETE', path: name }),
};

const closed = tables.flatMap((table) =>
  (Object.keys(CLOSED) as Command[])
    .filter((command) => !TABLES[`${table.schema}.${table.name}`]?.some((probe) => probe.command === command))
    .map((command) => [command, `${table.schema}.${table.name}`, table] as const),
);

test.for(closed)('%s on %s is closed to everybody', async ([command, , table], { task }) => {
  task.meta.cells = CAST.length;
  // The API does not know what is private.
  const refusal = table.schema === 'private' ? 'PGRST205' : '42501';
  const found = await outcomesOf(() => CLOSED[command](table));
  expect(found).toEqual(Object.fromEntries(CAST.map((who) => [who, refusal])));
});

async function outcomesOf(request: (who: Who) => ApiRequest): Promise<Record<string, Outcome>> {
  const found: Record<string, Outcome> = {};
  for (const who of CAST) found[who] = await attempt(world.actors[who], request(who));
  return found;
}

function idOf(who: Who): string {
  const actor = world.actors[who];
  return actor.role === 'authenticated' ? actor.id : NOBODY;
}
