/**
 * Runs as a process of its own between us and Postgres, and ends Postgres when we are gone, however we went: our end of the pipe on
 * its standard input closes even when we are killed with -9. Started in its own process group, so that Ctrl-C in the terminal
 * reaches us alone and Postgres is stopped in order.
 *
 * Arguments: a JSON text {command, args, uid?, gid?}.
 */
import { spawn } from 'node:child_process';

interface Order {
  readonly command: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

const { command, args, ...user } = JSON.parse(process.argv[2] ?? '') as Order;
const postgres = spawn(command, args, {
  ...user,
  cwd: '/',
  stdio: ['ignore', 'ignore', 'inherit'],
  env: { PATH: process.env.PATH, LC_MESSAGES: 'C', TZ: 'UTC' },
});

/** Fast shutdown; after five seconds at once. */
function stop(): void {
  postgres.kill('SIGINT');
  setTimeout(() => postgres.kill('SIGQUIT'), 5000).unref();
}

process.stdin.on('close', stop).resume();
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
postgres.on('exit', (code) => process.exit(code ?? 1));
postgres.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
