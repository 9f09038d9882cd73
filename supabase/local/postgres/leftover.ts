import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Ends a Postgres that still runs on this cluster because whoever started it was killed together with its supervisor. A pid file
 * whose process is gone, or is another program by now, is removed.
 */
export async function endLeftover(clusterFolder: string): Promise<void> {
  const pidFile = join(clusterFolder, 'postmaster.pid');
  const pid = readPid(pidFile);
  if (pid === null) return;
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!serves(pid, clusterFolder)) break;
    process.kill(pid, signal);
    for (let waited = 0; waited < 5000 && serves(pid, clusterFolder); waited += 50) await wait(50);
  }
  rmSync(pidFile, { force: true });
}

function readPid(pidFile: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    return Number.isInteger(pid) && pid > 1 ? pid : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Whether this process is a Postgres on that cluster: a pid may have been given to another program since. */
function serves(pid: number, clusterFolder: string): boolean {
  try {
    const command = execFileSync('ps', ['-o', 'args=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return command.includes('postgres') && command.includes(clusterFolder);
  } catch {
    // `ps` fails exactly when there is no such process.
    return false;
  }
}
