import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildExtension } from '../../../scripts/build-extension.ts';
import { buildWeb } from '../../../scripts/build-web.ts';
import { ROOT } from '../../../scripts/command/project.ts';
import { EXTENSION_ID } from '../../../scripts/extension-identity.ts';
import { startStack } from '../../../supabase/local/stack.ts';
import { temporaryFolder } from '../../support/folders.ts';
import type { StackUnderTest } from '../../support/stack.ts';
import { startControl } from './control.ts';
import { FIREFOX_ORIGIN } from './firefox.ts';

export interface Product extends StackUnderTest {
  /** Folder of the built extension. */
  readonly extensionDir: string;
  readonly webDir: string;
  readonly adminUrl: string;
  /** Takes `POST /kill/<part>` and `POST /restart/<part>`: ends parts of the backend as a crash would. */
  readonly controlUrl: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    product: Product;
  }
}

/** One backend and one build of the extension for it, for all end-to-end tests of a run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = temporaryFolder();
  const stack = await startStack({
    dataDir: folder.path,
    extensionOrigins: [`chrome-extension://${EXTENSION_ID}`, FIREFOX_ORIGIN],
    webFolder: join(ROOT, '.output-e2e', 'web'),
    env: { SIDEROOM_MODEL_PROBE: 'off' },
  });
  const { url, publishableKey, secretKey, adminUrl, jwtSecret, migrationUrl } = stack;
  const build = { supabaseUrl: url, publishableKey, mailUrl: `${url}/mail`, outDir: '.output-e2e' };
  const [extensionDir, webDir] = await Promise.all([buildExtension(build), buildWeb(build)]);
  const control = await startControl(stack);
  project.provide('product', {
    ...{ extensionDir, webDir, url, publishableKey, secretKey, adminUrl },
    local: { jwtSecret, adminUrl, migrationUrl },
    controlUrl: control.url,
  });
  return async () => {
    control.stop();
    await stack.stop();
    folder.remove();
  };
}
