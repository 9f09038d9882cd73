/**
 * Runs as a process of its own between us and Postgres, and ends Postgres when we are gone, however we went: our end of the pipe on
 * its standard input closes even when we are killed with -9. Started in its own process group, so that Ctrl-C in the terminal
 * reaches us alone and Postgres is stopped in order. Where the system can (Linux), it also asks the kernel to stop Postgres should
 * this process itself be killed.
 *
 * Arguments: a JSON text {command, args, uid?, gid?, starter}. The starter's process id is there for leftover.ts to read.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

interface Order {
  readonly command: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
  readonly starter: number;
}

const SETPRIV = '/usr/bin/setpriv';
const PATIENCE_MS = 5_000;

const { command, args, starter: _, ...user } = JSON.parse(process.argv[2] ?? '') as Order;
const [file = command, ...rest] = existsSync(SETPRIV)
  ? [SETPRIV, '--pdeathsig', 'INT', '--', command, ...args]
  : [command, ...args];
const postgres = spawn(file, rest, {
  ...user,
  cwd: '/',
  stdio: ['ignore', 'ignore', 'inherit'],
  env: { PATH: process.env.PATH, LC_MESSAGES: 'C', TZ: 'UTC' },
});

/** Fast shutdown; after a while at once. */
function stop(): void {
  postgres.kill('SIGINT');
  setTimeout(() => postgres.kill('SIGQUIT'), PATIENCE_MS).unref();
}

process.stdin.on('close', stop).resume();
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
postgres.on('exit', (code) => process.exit(code ?? 1));
postgres.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
