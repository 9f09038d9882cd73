import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Functions, startFunctions } from '../../supabase/local/functions.ts';

const FILES: Record<string, string> = {
  'hello/index.ts': `
    import { greet } from '../_shared/greet.ts';
    export default { async fetch(request: Request) {
      const { pathname, search } = new URL(request.url);
      return Response.json({ text: greet(await request.text()), path: pathname + search, method: request.method });
    } };`,
  '_shared/greet.ts': `export const greet = (name: string): string => 'hello ' + name;`,
  'old/index.ts': `Deno.serve({ port: 1 }, () => new Response('from Deno.serve'));`,
  'broken/index.ts': `import './missing.ts';`,
  'throws/index.ts': `export default { fetch() { throw new Error('no'); } };`,
  'rejects/index.ts': `export default { fetch() { void Promise.reject(new Error('later')); return new Response('ok'); } };`,
  'crash/index.ts': `export default { fetch() { setTimeout(() => Deno.exit(3), 10); return new Response('bye'); } };`,
  'environment/index.ts': `export default { fetch: () => Response.json(Deno.env.toObject()) };`,
  'background/index.ts': `
    let done = false;
    export default { fetch() {
      if (!done) EdgeRuntime.waitUntil(new Promise<void>((resolve) => setTimeout(() => { done = true; console.log('finished'); resolve(); }, 300)));
      return Response.json({ done });
    } };`,
  'reach/index.ts': `
    const attempts: Record<string, () => unknown> = {
      'read a file': () => Deno.readTextFileSync('/etc/hostname'),
      'write a file': () => Deno.writeTextFileSync('/tmp/sideroom-reach', ''),
      'start a program': () => new Deno.Command('/bin/true').outputSync(),
      'call another host': () => fetch('https://example.com/'),
      'call another port': () => fetch('http://127.0.0.1:9999/'),
    };
    export default { async fetch() {
      const outcomes: Record<string, string> = {};
      for (const [name, attempt] of Object.entries(attempts)) {
        outcomes[name] = await Promise.resolve().then(attempt).then(() => 'allowed', (error) => error.name);
      }
      return Response.json(outcomes);
    } };`,
};

let root: string;
let functions: Functions;
const lines: string[] = [];

async function write(path: string, text: string): Promise<void> {
  await mkdir(join(root, path, '..'), { recursive: true });
  await writeFile(join(root, path), text);
}

const start = (extra: { watch?: boolean } = {}) =>
  startFunctions({
    gatewayUrl: 'http://127.0.0.1:54321',
    keys: { publishableKey: 'sb_publishable_x', secretKey: 'sb_secret_x' },
    env: { OPENAI_BASE_URL: 'http://127.0.0.1:7777/v1', SIDEROOM_MODEL: 'm' },
    root,
    log: (line) => lines.push(line),
    ...extra,
  });
const call = (name: string, init?: RequestInit) => fetch(`${functions.url}/functions/v1/${name}`, init);

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'functions-'));
  for (const [path, text] of Object.entries(FILES)) await write(path, text);
  functions = await start();
});

afterAll(async () => {
  await functions.stop();
  await rm(root, { recursive: true });
});

describe('a function', () => {
  test('with a default fetch is served, with its imports, and sees its path as on Supabase', async () => {
    const response = await call('hello/a?b=1', { method: 'POST', body: 'Ana' });
    expect(await response.json()).toEqual({ text: 'hello Ana', path: '/hello/a?b=1', method: 'POST' });
  });

  test('that calls Deno.serve is served too', async () => {
    expect(await (await call('old')).text()).toBe('from Deno.serve');
  });

  test('that does not load answers 503 and leaves the others alone', async () => {
    const response = await call('broken');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: 'BOOT_ERROR' });
    expect(lines.join('\n')).toContain('broken did not start');
  });

  test('that throws answers 500', async () => {
    const response = await call('throws');
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ code: 'WORKER_ERROR' });
  });

  test('that forgets a rejection does not take the others down', async () => {
    const before = functions.pid;
    expect(await (await call('rejects')).text()).toBe('ok');
    await vi.waitFor(() => expect(lines.join('\n')).toContain('unhandled rejection'));
    expect((await call('old')).status).toBe(200);
    expect(functions.pid).toBe(before);
  });

  test.each(['nothing', '_shared', ''])('of the name %j is none', async (name) => {
    expect((await call(name)).status).toBe(404);
  });

  test('goes on in the background after its answer', async () => {
    expect(await (await call('background')).json()).toEqual({ done: false });
    await vi.waitFor(async () => expect(await (await call('background')).json()).toEqual({ done: true }));
  });
});

describe('rights', () => {
  test('are few', async () => {
    expect(await (await call('reach')).json()).toEqual({
      'read a file': 'NotCapable',
      'write a file': 'NotCapable',
      'start a program': 'NotCapable',
      'call another host': 'NotCapable',
      'call another port': 'NotCapable',
    });
  });

  test('the environment holds the settings given and nothing of this process', async () => {
    vi.stubEnv('A_SECRET_OF_THE_MACHINE', 'x');
    const other = await start();
    const environment = await (await fetch(`${other.url}/environment`)).json();
    await other.stop();
    expect(environment).toMatchObject({
      SUPABASE_URL: 'http://127.0.0.1:54321',
      SUPABASE_PUBLISHABLE_KEYS: '{"default":"sb_publishable_x"}',
      SUPABASE_SECRET_KEYS: '{"default":"sb_secret_x"}',
      SIDEROOM_MODEL: 'm',
    });
    expect(environment).not.toHaveProperty('A_SECRET_OF_THE_MACHINE');
    expect(environment).not.toHaveProperty('HOME');
    vi.unstubAllEnvs();
  });
});

describe('the process', () => {
  test('comes back at the same address after a crash', async () => {
    expect(await (await call('crash')).text()).toBe('bye');
    await vi.waitFor(() => expect(lines.join('\n')).toContain('ended (code 3)'));
    await functions.ready();
    expect((await call('old')).status).toBe(200);
  });

  test('comes back after being killed', async () => {
    const before = functions.pid;
    await functions.kill();
    await functions.ready();
    expect((await call('old')).status).toBe(200);
    expect(functions.pid).not.toBe(before);
  });

  test('takes up changed files when asked to watch', async () => {
    const watched = await start({ watch: true });
    await write('old/index.ts', `Deno.serve(() => new Response('changed'));`);
    await vi.waitFor(async () => expect(await (await fetch(`${watched.url}/old`)).text()).toBe('changed'), {
      timeout: 5_000,
    });
    await watched.stop();
  });

  test('finishes what runs in the background when stopped, and then is gone', async () => {
    const other = await start();
    lines.length = 0;
    await fetch(`${other.url}/background`);
    await other.stop();
    expect(lines.join('\n')).toContain('finished');
    expect(() => process.kill(other.pid ?? 0, 0)).toThrow('ESRCH');
  });

  test('ends with its parent, even one that was killed', async () => {
    const parent = `
      import { startFunctions } from ${JSON.stringify(new URL('../../supabase/local/functions.ts', import.meta.url).href)};
      const functions = await startFunctions({ gatewayUrl: 'http://127.0.0.1:1', keys: { publishableKey: '', secretKey: '' }, root: ${JSON.stringify(root)} });
      console.log(functions.pid);
      process.kill(process.pid, 'SIGKILL');`;
    const failure: { stdout: string } = await promisify(execFile)(process.execPath, [
      '--input-type=module',
      '--eval',
      parent,
    ]).catch((error) => error);
    const pid = Number(failure.stdout);
    expect(pid).toBeGreaterThan(0);
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), { timeout: 5_000 });
  });

  test('that cannot start is an error, not a wait', async () => {
    const [port] = functions.url.split(':').slice(-1);
    const again = startFunctions({
      gatewayUrl: 'http://127.0.0.1:1',
      keys: { publishableKey: '', secretKey: '' },
      root,
      port: Number(port),
    });
    await expect(again).rejects.toThrow(`Port ${port}`);
  });
});
