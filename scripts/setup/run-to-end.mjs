import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { watchStarter } from './starter.mjs';

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Runs a program in this terminal until it ends, and passes signals on to it. It gets an IPC channel, whose end tells it that we
 * are gone even when we were killed with -9; when whoever started us is gone, it is asked to stop.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{cwd: string, env: NodeJS.ProcessEnv}} options
 * @returns {Promise<number>} its exit code, as a shell counts: 128 + n when signal n ended it
 */
export async function runToEnd(file, args, { cwd, env }) {
  const child = spawn(file, args, { cwd, env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  // Ctrl-C in a terminal reaches the child by itself too: it takes the second signal for the first.
  const pass = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, pass);
  const stopWatching = watchStarter(() => pass('SIGTERM'));
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
    });
  } finally {
    stopWatching();
    for (const signal of SIGNALS) process.off(signal, pass);
  }
}
