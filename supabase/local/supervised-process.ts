import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

export interface SupervisedProcess {
  readonly pid: number | undefined;
  /** Resolves once the process has said that it is ready; rejects when the present attempt ends before that. */
  ready(): Promise<void>;
  /** Ends the process, which then is started anew without delay. */
  restart(): Promise<void>;
  /** Ends the process as a crash would, for fault tests; it is started anew after the delay of a first crash, however often. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface SupervisedOptions {
  /** A program that ends when its standard input closes, and so with this process however that ends. */
  readonly command: Command;
  /** Whether a line of its output says that it is ready; all others go to `log`. */
  readonly isReady: (line: string) => boolean;
  readonly log: (line: string) => void;
}

const FIRST_DELAY_MS = 250;
const LAST_DELAY_MS = 10_000;
/** Whoever lived this long did not die of how it was started. */
const STABLE_MS = 30_000;
const HEED_MS = 2_500;

/** Keeps a program running: started anew when it dies, with growing delays while it dies early. */
export function superviseProcess({ command, isReady, log }: SupervisedOptions): SupervisedProcess {
  const stopping = new AbortController();
  let up = Promise.withResolvers<void>();
  let child = launch();
  let wanted = false;
  let killed = false;
  void keepRunning();

  function launch(): ChildProcess {
    const launched = spawn(command.file, command.args, { env: command.env, stdio: ['pipe', 'pipe', 'pipe'] });
    // It may die before it has read; its exit tells all there is to know.
    launched.stdin.on('error', () => undefined);
    const attempt = up;
    attempt.promise.catch(() => undefined);
    for (const input of [launched.stdout, launched.stderr]) {
      createInterface({ input }).on('line', (line) => (isReady(line) ? attempt.resolve() : log(line)));
    }
    return launched;
  }

  async function keepRunning(): Promise<void> {
    let delay = FIRST_DELAY_MS;
    while (!stopping.signal.aborted) {
      const startedAt = Date.now();
      const reason = await ending(child);
      up.reject(new Error(`The process ended before it was ready (${reason}).`));
      if (stopping.signal.aborted) return;
      up = Promise.withResolvers();
      // Nobody may wait for it any more when it is stopped.
      up.promise.catch(() => undefined);
      if (killed || Date.now() - startedAt > STABLE_MS) delay = FIRST_DELAY_MS;
      if (!wanted) {
        log(`ended (${reason}), starts again in ${delay} ms`);
        await sleep(delay, undefined, { signal: stopping.signal }).catch(() => undefined);
        delay = Math.min(delay * 2, LAST_DELAY_MS);
      }
      wanted = false;
      killed = false;
      if (!stopping.signal.aborted) child = launch();
    }
    up.reject(new Error('The process was stopped.'));
  }

  return {
    get pid() {
      return child.pid;
    },
    ready: () => up.promise,
    async restart() {
      wanted = true;
      await end(child);
    },
    async kill() {
      if (hasEnded(child)) return;
      killed = true;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      stopping.abort();
      await end(child);
    },
  };
}

/** Why a process ended, once it has. */
function ending(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
  });
}

/** Asks by closing its input; a process that does not heed it is killed. */
async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const exited = once(child, 'exit');
  child.stdin?.end();
  const timer = setTimeout(() => child.kill('SIGKILL'), HEED_MS);
  await exited;
  clearTimeout(timer);
}

function hasEnded({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid === undefined || exitCode !== null || signalCode !== null;
}
