import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FunctionsOptions } from './functions.ts';
import { ADDRESS_HEADER } from './gateway/functions-proxy.ts';
import type { Command } from './supervised-process.ts';

const PROJECT = new URL('../../', import.meta.url);
const HOST = new URL('functions-host.ts', import.meta.url);
const OPENAI = 'https://api.openai.com/v1';
/** How a machine reaches the internet; the functions' calls to an AI service go the same way. */
const NETWORK_NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'DENO_CERT', 'SystemRoot', 'TEMP'];

/**
 * How Deno is called. The functions may reach the gateway and the AI service, read the project's code, and see an environment that
 * holds their settings only; they may write nothing, start nothing and fetch no code.
 */
export function denoCommand(options: FunctionsOptions & { readonly port: number }): Command {
  const { gatewayUrl, port, env = {}, deno = 'deno' } = options;
  const root = functionsFolder(options);
  const hosts = [`127.0.0.1:${port}`, hostOf(gatewayUrl), hostOf(env.OPENAI_BASE_URL ?? OPENAI)];
  const readable = ['supabase', 'lib', 'node_modules'].map((folder) => fileURLToPath(new URL(folder, PROJECT)));
  return {
    file: denoBinary(deno),
    args: [
      'run',
      '--no-prompt',
      '--no-config',
      '--no-lock',
      '--no-remote',
      '--node-modules-dir=manual',
      `--allow-net=${[...new Set(hosts)].join(',')}`,
      `--allow-read=${[...readable, fileURLToPath(root)].join(',')}`,
      '--allow-env',
      fileURLToPath(HOST),
      root.href,
      String(port),
    ],
    env: {
      ...pick(process.env, NETWORK_NAMES),
      ...env,
      SIDEROOM_ADDRESS_HEADER: ADDRESS_HEADER,
      SUPABASE_URL: gatewayUrl,
      SUPABASE_PUBLISHABLE_KEYS: JSON.stringify({ default: options.keys.publishableKey }),
      SUPABASE_SECRET_KEYS: JSON.stringify({ default: options.keys.secretKey }),
      DENO_DIR: fileURLToPath(new URL(`node_modules/.cache/${deno}`, PROJECT)),
      DENO_NO_UPDATE_CHECK: '1',
      DENO_TLS_CA_STORE: 'mozilla,system',
      NO_COLOR: '1',
    },
  };
}

export function functionsFolder({ root }: Pick<FunctionsOptions, 'root'>): URL {
  return root === undefined ? new URL('supabase/functions/', PROJECT) : pathToFileURL(`${root}/`);
}

/** The program itself, not the package's start script, so that its pid is ours to watch and to end. */
function denoBinary(name: NonNullable<FunctionsOptions['deno']>): string {
  const api = createRequire(import.meta.url)(`${name}/install_api.cjs`) as { runInstall(): string };
  return api.runInstall();
}

function hostOf(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
}

function pick(from: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])));
}
