import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { ExtensionBuild } from './build-extension.ts';
import { readBuildSettings } from './build-settings.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Where pages of the web app lie on the origin that serves them. */
const BASE = '/app/';

/** Builds the web app for one backend. Resolves to the folder that is to be served as /app/. */
export async function buildWeb(options: Omit<ExtensionBuild, 'browser'>): Promise<string> {
  const { supabaseUrl, publishableKey, joinOrigin = supabaseUrl, mailUrl = null, outDir = '.output' } = options;
  const settings = readBuildSettings({
    SIDEROOM_SUPABASE_URL: supabaseUrl,
    SIDEROOM_SUPABASE_KEY: publishableKey,
    SIDEROOM_JOIN_ORIGIN: joinOrigin,
    SIDEROOM_MAIL_URL: mailUrl ?? '',
  });
  const folder = join(ROOT, outDir, 'web');
  await build({
    root: join(ROOT, 'web'),
    base: BASE,
    configFile: false,
    logLevel: 'error',
    define: { __SIDEROOM_SETTINGS__: JSON.stringify(settings) },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true, modulePreload: false, sourcemap: false, assetsInlineLimit: 0 },
  });
  return folder;
}
