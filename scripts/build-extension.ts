import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const WXT = fileURLToPath(new URL('../node_modules/wxt/bin/wxt.mjs', import.meta.url));

export interface ExtensionBuild {
  readonly supabaseUrl: string;
  readonly publishableKey: string;
  /** Origin of the page that invite links lead to; the backend's own by default. */
  readonly joinOrigin?: string;
  /** Development inbox, where there is one. */
  readonly mailUrl?: string | null;
  readonly browser?: 'chrome' | 'firefox';
  /** Relative to the project; `.output` by default. */
  readonly outDir?: string;
}

/** Builds the extension for one backend. Resolves to the folder to load; rejects with the builder's own words. */
export async function buildExtension(build: ExtensionBuild): Promise<string> {
  const {
    supabaseUrl,
    publishableKey,
    joinOrigin = supabaseUrl,
    mailUrl = null,
    browser = 'chrome',
    outDir = '.output',
  } = build;
  const child = spawn(process.execPath, [WXT, 'build', '--browser', browser, '--mv3'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      SIDEROOM_SUPABASE_URL: supabaseUrl,
      SIDEROOM_SUPABASE_KEY: publishableKey,
      SIDEROOM_JOIN_ORIGIN: joinOrigin,
      SIDEROOM_MAIL_URL: mailUrl ?? '',
      SIDEROOM_OUT_DIR: outDir,
      NO_COLOR: '1',
    },
  });
  let output = '';
  const collect = (text: string) => {
    output += text;
  };
  child.stdout.setEncoding('utf8').on('data', collect);
  child.stderr.setEncoding('utf8').on('data', collect);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(`The extension could not be built:\n${output}`);
  return join(ROOT, outDir, `${browser}-mv3`);
}
