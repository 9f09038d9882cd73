import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findLeaks } from './leaks.ts';
import { findPermissionFaults, type Permitted } from './permissions.ts';
import { findPolicyFaults, type Policed } from './policy.ts';

/** What was built, and for what. */
export interface Release {
  readonly extension: string;
  readonly web: string;
  readonly readme: string;
  /** The only origin that extension pages may reach. */
  readonly backend: string;
  /** What the machine that builds knows and nobody else is to, by name. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** What must not go out, one sentence each: permissions without a reason, a weak policy, source maps, secrets. */
export function findReleaseFaults({ extension, web, readme, backend, secrets }: Release): string[] {
  const manifest = JSON.parse(readFileSync(join(extension, 'manifest.json'), 'utf8')) as Permitted & Policed;
  return [
    ...findPermissionFaults(manifest, readme),
    ...findPolicyFaults(manifest, backend),
    ...[extension, web].flatMap((folder) => findLeaksIn(folder, secrets)),
  ];
}

function findLeaksIn(folder: string, secrets: Release['secrets']): string[] {
  // Files whose name begins with a dot go out as well.
  const files = globSync(['**/*', '**/.*'], { cwd: folder, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = new Set(files.map(({ parentPath, name }) => join(parentPath, name)));
  return [...paths].flatMap((path) => findLeaks(path.slice(folder.length + 1), readFileSync(path, 'latin1'), secrets));
}
