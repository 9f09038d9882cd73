import type { TestProject } from 'vitest/node';
import { startStack } from '../../supabase/local/stack.ts';
import { temporaryFolder } from './folders.ts';

/**
 * One stack for all contract tests of a run. SIDEROOM_TEST_URL, _KEY and _SECRET name another Supabase to test instead, for example
 * a hosted project or the one of `npx supabase start`.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { SIDEROOM_TEST_URL: url, SIDEROOM_TEST_KEY: publishableKey, SIDEROOM_TEST_SECRET: secretKey } = process.env;
  if (url !== undefined && publishableKey !== undefined && secretKey !== undefined) {
    project.provide('stack', { url, publishableKey, secretKey });
    return async () => {};
  }
  const folder = temporaryFolder();
  // No key of this machine reaches the tests: the AI is the practice model.
  const stack = await startStack({ dataDir: folder.path, env: { SIDEROOM_MODEL_PROBE: 'off' } });
  const { jwtSecret, adminUrl, migrationUrl } = stack;
  project.provide('stack', {
    url: stack.url,
    publishableKey: stack.publishableKey,
    secretKey: stack.secretKey,
    local: { jwtSecret, adminUrl, migrationUrl },
  });
  return async () => {
    await stack.stop();
    folder.remove();
  };
}
