import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findLeaks } from './leaks.ts';
import { findPermissionFaults, type Permitted } from './permissions.ts';

/** What must not go out in a built extension, one sentence each: permissions without a reason, source maps, secrets. */
export function findReleaseFaults(folder: string, readme: string): string[] {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Permitted;
  const files = globSync('**/*', { cwd: folder, withFileTypes: true }).filter((entry) => entry.isFile());
  return [
    ...findPermissionFaults(manifest, readme),
    ...files.flatMap(({ parentPath, name }) => findLeaks(name, readFileSync(join(parentPath, name), 'latin1'))),
  ];
}
