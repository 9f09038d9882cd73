import type { TestProject } from 'vitest/node';
import { buildExtension } from '../../../scripts/build-extension.ts';
import { EXTENSION_ID } from '../../../scripts/extension-identity.ts';
import { startStack } from '../../../supabase/local/stack.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { startControl } from './control.ts';

export interface Product {
  /** Folder of the built extension. */
  readonly extensionDir: string;
  /** Origin of the backend. */
  readonly url: string;
  readonly publishableKey: string;
  readonly secretKey: string;
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
    extensionOrigins: [`chrome-extension://${EXTENSION_ID}`],
    env: { SIDEROOM_MODEL_PROBE: 'off' },
  });
  const { url, publishableKey, secretKey, adminUrl } = stack;
  const extensionDir = await buildExtension({
    supabaseUrl: url,
    publishableKey,
    mailUrl: `${url}/mail`,
    outDir: '.output-e2e',
  });
  const control = await startControl(stack);
  project.provide('product', { extensionDir, url, publishableKey, secretKey, adminUrl, controlUrl: control.url });
  return async () => {
    control.stop();
    await stack.stop();
    folder.remove();
  };
}
