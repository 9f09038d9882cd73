import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../command/project.ts';
import { tryLock } from '../setup/lock.mjs';
import { StartError } from './failure.ts';

export interface DataFolder {
  /** Of the embedded stack. */
  readonly stack: string;
  /** One folder per person's browser. */
  readonly profiles: string;
  /** What the running stack says. */
  readonly logFile: string;
  release(): void;
}

/**
 * The folder that keeps everything between starts, for this process alone. Throws a StartError while another start has it.
 * `fresh` empties it.
 */
export function claimDataFolder(fresh: boolean): DataFolder {
  const folder = join(ROOT, '.sideroom');
  const lock = tryLock(join(folder, 'start.lock'));
  if (!lock.taken) {
    throw new StartError(
      `Sideroom runs already from this folder (process ${lock.holder}). Press Ctrl-C there first, or go on using it.`,
    );
  }
  const paths = { stack: join(folder, 'stack'), profiles: join(folder, 'profiles') };
  if (fresh) for (const path of Object.values(paths)) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  for (const path of Object.values(paths)) mkdirSync(path, { recursive: true });
  return { ...paths, logFile: join(folder, 'stack.log'), release: lock.release };
}
