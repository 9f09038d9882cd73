import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { watchStarter } from './starter.mjs';

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
const GRACE_MS = 8_000;

/**
 * Runs a program in this terminal until it ends. It gets an IPC channel whose end asks it to stop: that comes when we get a signal,
 * when whoever started us is gone, and by itself when we are killed with -9. A signal passed on would do worse: Ctrl-C in a
 * terminal reaches the program too, and a second one can kill it while it ends in order. Only one that does not heed gets it.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{cwd: string, env: NodeJS.ProcessEnv}} options
 * @returns {Promise<number>} its exit code, as a shell counts: 128 + n when signal n ended it
 */
export async function runToEnd(file, args, { cwd, env }) {
  const child = spawn(file, args, { cwd, env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  /** @type {NodeJS.Timeout | undefined} */
  let patience;
  const stop = (/** @type {NodeJS.Signals} */ signal) => {
    if (child.connected) child.disconnect();
    patience ??= setTimeout(() => child.kill(signal), GRACE_MS);
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  const stopWatching = watchStarter(() => stop('SIGTERM'));
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
    });
  } finally {
    clearTimeout(patience);
    stopWatching();
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}
