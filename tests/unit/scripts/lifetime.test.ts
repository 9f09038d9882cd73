import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { birthOf } from '../../../scripts/setup/process-identity.mjs';

const script = (name: string) => fileURLToPath(new URL(`../../support/lifetime/${name}`, import.meta.url));
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** What npm, scripts/run.mjs and a command are to each other: a starter, a runner, and a program that says its process id. */
async function startChain() {
  const starter = spawn(process.execPath, [script('starter.mjs')], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(starter);
  const ended = once(starter, 'close');
  const lines = createInterface({ input: starter.stdout });
  const pids: Record<string, number> = {};
  const said: string[] = [];
  const ready = Promise.withResolvers<void>();
  lines.on('line', (line) => {
    const [name = '', pid = ''] = line.split(' ');
    if (pid === '') said.push(line);
    else pids[name] = Number(pid);
    if (pids.runner !== undefined && pids.program !== undefined) ready.resolve();
  });
  await ready.promise;
  // The end of the chain's output is the end of its last process.
  return { starter, runner: pids.runner ?? 0, program: pids.program ?? 0, said, ended };
}

describe('a command', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends when the one who runs it gets %s', async (signal) => {
    const { runner, said, ended } = await startChain();
    process.kill(runner, signal);
    expect(await ended).toEqual([7, null]);
    expect(said).toEqual(['stopped']);
  });

  test('ends when the one who runs it is killed', async () => {
    const { runner, program, said, ended } = await startChain();
    process.kill(runner, 'SIGKILL');
    await ended;
    await expect.poll(() => birthOf(program)).toBeNull();
    expect(said).toEqual(['stopped']);
  });

  test('ends when npm is killed', async () => {
    const { starter, runner, program, said, ended } = await startChain();
    starter.kill('SIGKILL');
    await ended;
    await expect.poll(() => [birthOf(runner), birthOf(program)]).toEqual([null, null]);
    expect(said).toEqual(['stopped']);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends in order, once, on %s', async (signal) => {
    const { starter, said, ended } = await startChain();
    // As in a terminal, where it reaches all of a group at once.
    process.kill(-(starter.pid ?? Number.NaN), signal);
    expect(await ended).toEqual([7, null]);
    expect(said).toEqual(['stopped']);
  });
});
