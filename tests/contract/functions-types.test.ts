import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { test } from 'vitest';

const FUNCTIONS = ['copy', 'invite', 'purge', 'reply', 'speech'];
const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

test('the functions pass Deno’s own check of types', { timeout: 180_000 }, async () => {
  const { runInstall } = createRequire(import.meta.url)('deno/install_api.cjs') as { runInstall(): string };
  await promisify(execFile)(
    runInstall(),
    [
      'check',
      '--node-modules-dir=manual',
      '--no-lock',
      ...FUNCTIONS.map((name) => `supabase/functions/${name}/index.ts`),
    ],
    {
      cwd: PROJECT,
      env: { ...process.env, DENO_DIR: `${PROJECT}node_modules/.cache/deno`, DENO_NO_UPDATE_CHECK: '1' },
    },
  );
});
