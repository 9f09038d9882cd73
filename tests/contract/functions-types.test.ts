import { execFile } from 'node:child_process';
import { cpSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const SOURCE = join(PROJECT, 'supabase/functions');
const FUNCTIONS = readdirSync(SOURCE, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
  .map(({ name }) => name);

const { runInstall } = createRequire(import.meta.url)('deno/install_api.cjs') as { runInstall(): string };

/** Deno's own check of types; rejects with what it finds. */
const check = (args: readonly string[], cwd: string, cache: string) =>
  promisify(execFile)(runInstall(), ['check', '--no-lock', ...args], {
    cwd,
    env: { ...process.env, DENO_DIR: join(PROJECT, 'node_modules/.cache', cache), DENO_NO_UPDATE_CHECK: '1' },
  });

test('the functions pass Deno’s own check of types', { timeout: 180_000 }, async () => {
  const entries = FUNCTIONS.map((name) => `supabase/functions/${name}/index.ts`);
  await check(['--node-modules-dir=manual', ...entries], PROJECT, 'deno');
});

/**
 * Away from the project, where no package.json and no node_modules stand above: each function finds its packages by its own deno.json
 * alone, in the registry, as Supabase bundles it. What was fetched once is kept.
 */
describe('deployed alone', () => {
  const folder = temporaryFolder();
  beforeAll(() => {
    cpSync(SOURCE, folder.path, { recursive: true });
    return () => folder.remove();
  });

  test.each(FUNCTIONS)('%s resolves and passes the check of types', { timeout: 180_000 }, async (name) => {
    const args = ['--node-modules-dir=none', '-c', 'deno.json', 'index.ts'];
    await check(args, join(folder.path, name), 'deno-deployed');
  });

  test('what its deno.json does not name is not found', { timeout: 180_000 }, async () => {
    const args = ['--node-modules-dir=none', '-c', '../purge/deno.json', 'index.ts'];
    await expect(check(args, join(folder.path, 'reply'), 'deno-deployed')).rejects.toMatchObject({
      stderr: expect.stringContaining('openai'),
    });
  });
});
