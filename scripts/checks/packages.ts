import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findLicenceFaults, type Licensed } from './licences.ts';
import { findForeignPins, findVersionFaults, type LockedPackages, type Manifest } from './lockfile.ts';

/** What is wrong with versions, lockfile and licences of the project's packages, one sentence each. */
export function findPackageFaults(root: string): string[] {
  const manifest = readJson<Manifest>(join(root, 'package.json'));
  const { packages } = readJson<{ packages: LockedPackages }>(join(root, 'package-lock.json'));
  const pins = globSync('supabase/functions/*/deno.json', { cwd: root }).map((path) =>
    readJson<{ imports?: Record<string, string> }>(join(root, path)),
  );
  return [
    ...findVersionFaults(manifest, packages),
    ...pins.flatMap(({ imports = {} }) => findForeignPins(imports, manifest)),
    ...findLicenceFaults(shipped(root, packages)),
  ];
}

/** The packages that the product contains, as installed; what is for other platforms is not. */
function shipped(root: string, packages: LockedPackages): Licensed[] {
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path]) => join(root, path, 'package.json'))
    .filter((path) => existsSync(path))
    .map((path) => readJson<Licensed>(path));
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
