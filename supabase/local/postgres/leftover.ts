import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { lookUpProcess } from './process-table.ts';

const STEP_MS = 25;
/** More than a supervisor gives Postgres when whoever started both is gone. */
const PATIENCE_MS = 7_000;

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
  if (await endsWhile(() => isSupervised(pid), pid, clusterFolder)) return;
  if (isSupervised(pid)) {
    throw new Error(`The data in ${clusterFolder} are in use by another run (process ${lookUpProcess(pid)?.parent}).`);
  }
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    process.kill(pid, signal);
    if (await endsWhile(() => true, pid, clusterFolder)) return;
  }
}

/** Waits for the server's end as long as the condition holds and patience lasts. */
async function endsWhile(condition: () => boolean, pid: number, clusterFolder: string): Promise<boolean> {
  for (let waited = 0; waited < PATIENCE_MS && condition(); waited += STEP_MS) {
    if (!serves(pid, clusterFolder)) return true;
    await wait(STEP_MS);
  }
  return !serves(pid, clusterFolder);
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

/** Whether a supervisor still holds this Postgres. One whose own starter is gone lets go within seconds. */
function isSupervised(pid: number): boolean {
  const parent = lookUpProcess(pid)?.parent;
  return parent !== undefined && (lookUpProcess(parent)?.command ?? '').includes('supervisor.ts');
}
