import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { useDatabase } from './support/database.ts';

interface Finding {
  readonly name: string;
  readonly level: string;
  readonly detail: string;
}

const { sql, migrationUrl } = await useDatabase();
const supabase = fileURLToPath(new URL('../../node_modules/supabase/dist/supabase.js', import.meta.url));

/** Judged by use, which a database that nobody has used yet cannot show: every index that only requests or cascades need is "unused". */
const NOT_TO_BE_KNOWN_HERE = new Set(['unused_index']);

async function advise(): Promise<Finding[]> {
  const args = ['db', 'advisors', `--remote=${migrationUrl}?sslmode=disable`, '--type', 'all', '--level', 'info'];
  const { stdout } = await promisify(execFile)(process.execPath, [supabase, ...args, '--output-format', 'json'], {
    env: { ...process.env, SUPABASE_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
  });
  const { results } = JSON.parse(stdout) as { results: Finding[] };
  return results.filter(({ name }) => !NOT_TO_BE_KNOWN_HERE.has(name));
}

test('the advisors of Supabase find nothing, down to the level of information', async () => {
  expect((await advise()).map(({ level, detail }) => `${level}: ${detail}`)).toEqual([]);
});

test('the advisors would find an open table, a mutable search path, a bare foreign key and a policy that asks per row', async () => {
  await sql.unsafe(`
    set role postgres;
    create table public.careless (id uuid primary key, chat_id uuid references public.chats (id));
    grant select on public.careless to anon;
    create table public.slow (id uuid primary key);
    alter table public.slow enable row level security;
    create policy "everybody asks" on public.slow for select to authenticated using (id = auth.uid());
    create function public.careless() returns integer language sql as 'select 1';
    reset role;`);
  const names = new Set((await advise()).map(({ name }) => name));
  expect([...names]).toEqual(
    expect.arrayContaining([
      'rls_disabled_in_public',
      'function_search_path_mutable',
      'unindexed_foreign_keys',
      'auth_rls_initplan',
    ]),
  );
});
