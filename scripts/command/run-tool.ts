import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './project.ts';

export interface ToolRun {
  readonly code: number;
  /** All that it said. Empty when it spoke to the terminal itself. */
  readonly output: string;
}

export interface ToolOptions {
  readonly signal: AbortSignal;
  /** Whether it speaks to the terminal instead of being listened to. */
  readonly inherit?: boolean;
}

/** JavaScript files of the tools, relative to node_modules. */
const TOOLS = {
  biome: '@biomejs/biome/bin/biome',
  knip: 'knip/bin/knip.js',
  tsc: 'typescript/bin/tsc',
  vitest: 'vitest/vitest.mjs',
  wxt: 'wxt/bin/wxt.mjs',
} as const;

/** What a tool gets to clean up after it was told to end. */
const FAREWELL_MS = 5_000;

/** Runs one of the packages' tools on this Node in the project's folder. When `signal` aborts, the tool is ended. */
export function runTool(
  tool: keyof typeof TOOLS,
  args: readonly string[],
  { signal, inherit = false }: ToolOptions,
): Promise<ToolRun> {
  if (signal.aborted) return Promise.resolve({ code: 1, output: '' });
  const script = join(ROOT, 'node_modules', TOOLS[tool]);
  const child = spawn(process.execPath, [script, ...args], {
    cwd: ROOT,
    env: inherit && process.stdout.isTTY ? process.env : { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    stdio: ['ignore', inherit ? 'inherit' : 'pipe', inherit ? 'inherit' : 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  let farewell: NodeJS.Timeout | undefined;
  const end = () => {
    child.kill('SIGTERM');
    farewell = setTimeout(() => child.kill('SIGKILL'), FAREWELL_MS);
  };
  signal.addEventListener('abort', end, { once: true });
  return new Promise<ToolRun>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  }).finally(() => {
    clearTimeout(farewell);
    signal.removeEventListener('abort', end);
  });
}
