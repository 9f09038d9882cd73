import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { lookUpProcess } from './process-table.ts';

const STEP_MS = 25;
/** More than a supervisor gives Postgres when whoever started both is gone. */
const PATIENCE_MS = 7_000;
/** How long a killed process may take to disappear. */
const DYING_MS = 1_000;

/**
 * Ends a Postgres that still runs on this cluster although whoever started it is gone. Rejects with a sentence when it belongs to
 * somebody who is alive. What a dead one left behind is for Postgres to clean up.
 */
export async function endLeftover(clusterFolder: string): Promise<void> {
  const pidFile = join(clusterFolder, 'postmaster.pid');
  const pid = readPid(pidFile);
  if (pid === null || lookUpProcess(pid) === null) return;
  if (!serves(pid, clusterFolder)) {
    // The number was given to another program since. Postgres could take that one for a server of its own, and refuse to start.
    rmSync(pidFile, { force: true });
    return;
  }
  let supervision = supervisionOf(pid);
  // A process that was just killed is listed a moment longer.
  for (let waited = 0; supervision?.starterLives && waited < DYING_MS; waited += STEP_MS) {
    await wait(STEP_MS);
    supervision = supervisionOf(pid);
  }
  if (supervision?.starterLives) {
    throw new Error(`The data in ${clusterFolder} are in use by another run (process ${supervision.starter}).`);
  }
  // A supervisor whose starter is gone is about to end the server in order.
  if (supervision !== null && (await ends(pid, clusterFolder))) return;
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    send(signal, pid);
    if (await ends(pid, clusterFolder)) return;
  }
}

function send(signal: NodeJS.Signals, pid: number): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It was quicker.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Whether the server ends before patience does. */
async function ends(pid: number, clusterFolder: string): Promise<boolean> {
  for (let waited = 0; waited < PATIENCE_MS; waited += STEP_MS) {
    if (!serves(pid, clusterFolder)) return true;
    await wait(STEP_MS);
  }
  return false;
}

function readPid(pidFile: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    return pid > 1 ? pid : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Whether this process is a Postgres on that cluster. */
function serves(pid: number, clusterFolder: string): boolean {
  const command = lookUpProcess(pid)?.command ?? '';
  return command.includes('postgres') && command.includes(clusterFolder);
}

/** Who started the supervisor of this Postgres; null when it has none any more. */
function supervisionOf(pid: number): { starter: number; starterLives: boolean } | null {
  const command = lookUpProcess(lookUpProcess(pid)?.parent ?? 0)?.command ?? '';
  const starter = Number(/supervisor\.ts .*"starter":(\d+)/.exec(command)?.[1]);
  return Number.isNaN(starter) ? null : { starter, starterLives: lookUpProcess(starter) !== null };
}
