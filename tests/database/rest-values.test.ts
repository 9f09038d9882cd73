import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, createApi } from '../../supabase/local/api/api.ts';
import { useDatabase } from './support/database.ts';

const { sql, adminUrl } = await useDatabase();
const URL = 'http://127.0.0.1:1';
const keys = {
  jwtSecret: 'a secret of this test alone, long enough',
  publishableKey: 'sb_publishable_values',
  secretKey: 'sb_secret_values',
  databasePassword: '',
};

let api: Api;
const client = createClient(URL, keys.secretKey, {
  global: { fetch: (input: RequestInfo | globalThis.URL, init?: RequestInit) => api.fetch(new Request(input, init)) },
});

beforeAll(async () => {
  await sql.unsafe(`
    create type public.colour as enum ('red', 'blue');
    create table public.things (
      id integer generated always as identity, json jsonb, plain json, texts text[], colours public.colour[], jsons jsonb[], grid integer[],
      exact numeric, large bigint, real double precision, yes boolean, instant timestamptz, instants timestamptz[],
      local timestamp, day date, span interval, whole int4range);
    grant all on public.things to service_role;`);
  api = createApi({ adminUrl, keys, url: URL, jwtExpirySeconds: 60 });
});

afterAll(() => api.stop());

async function roundTrip(values: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { data, error } = await client.from('things').insert(values).select(Object.keys(values).join(', ')).single();
  if (error) throw error;
  return data as unknown as Record<string, unknown>;
}

test.each([
  ['an object', { json: { a: [1, { b: null }] }, plain: { x: 'y' } }],
  ['a list where JSON is wanted', { json: [1, 'two', [3]], plain: [] }],
  ['a text where JSON is wanted', { json: 'text "quoted"', plain: 'text' }],
  ['a number and a truth where JSON is wanted', { json: 5, plain: false }],
  ['nothing', { json: null, texts: null, exact: null }],
  ['lists of texts, however awkward', { texts: ['plain', 'comma, "quote" \\ {brace}', '', 'NULL', 'null'] }],
  ['lists of a type of the schema', { colours: ['red', 'blue'] }],
  ['lists of JSON', { jsons: [{ a: 1 }, [2, [3]], 'text', 4, true] }],
  [
    'lists of lists',
    {
      grid: [
        [1, 2],
        [3, 4],
      ],
    },
  ],
  ['numbers', { exact: 12.5, large: 9007199254740991, real: 0.1, yes: true }],
  ['dates and spans', { day: '2026-02-03', local: '2026-02-03T04:05:06', span: '1 day 02:03:04', whole: '[1,5)' }],
  ['instants', { instant: '2026-01-01T00:00:00.123456+00:00', instants: ['2026-01-01T00:00:00+00:00'] }],
])('%s come back as they went in', async (_, values) => {
  expect(await roundTrip(values)).toEqual(values);
});

test('filters compare by the column’s type', async () => {
  await roundTrip({
    json: { a: [1, 2] },
    texts: ['x', 'y'],
    real: 4711,
    exact: 7,
    yes: false,
    instant: '2026-05-05T05:05:05Z',
  });
  const found = async (filtered: PromiseLike<{ data: unknown[] | null }>) => (await filtered).data?.length;
  const all = () => client.from('things').select('real').eq('real', 4711);
  expect(await found(all().contains('json', { a: [1] }))).toBe(1);
  expect(await found(all().contains('texts', ['y']))).toBe(1);
  expect(await found(all().overlaps('texts', ['y', 'z']))).toBe(1);
  expect(await found(all().gt('exact', 6.5).eq('yes', false))).toBe(1);
  expect(await found(all().lt('instant', '2026-05-05T07:05:06+02:00'))).toBe(1);
  expect(await found(all().eq('json->a->>0', '1'))).toBe(1);
  expect(await found(all().contains('texts', ['z']))).toBe(0);
});

test('what a person signs up with is an object to policies and triggers', async () => {
  const { error } = await createClient(URL, keys.publishableKey, {
    global: { fetch: (input: RequestInfo | globalThis.URL, init?: RequestInit) => api.fetch(new Request(input, init)) },
  }).auth.signUp({ email: 'meta@example.test', password: 'correct horse', options: { data: { likes: ['tea'] } } });
  expect(error).toBeNull();
  expect(
    await sql`
      select raw_user_meta_data #> '{likes,0}' as likes, raw_app_meta_data ->> 'provider' as provider, i.email as identity
      from auth.users u join auth.identities i on i.user_id = u.id where u.email = 'meta@example.test'`,
  ).toEqual([{ likes: 'tea', provider: 'email', identity: 'meta@example.test' }]);
});
