import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Versions = Readonly<Record<string, string>>;

interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly resolved?: string;
  readonly optionalDependencies?: Versions;
}

interface Manifest {
  readonly dependencies: Versions;
  readonly devDependencies: Versions;
}

interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage & Partial<Manifest>>>;
}

/** Licences that ask for no more than a notice. */
const PERMISSIVE = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
]);

/** Allowed by name: weak copyleft per file, and we ship its file unchanged. */
const ALLOWED_LICENCES: Versions = { 'webextension-polyfill': 'MPL-2.0' };

/** What is wrong with versions, lockfile and licences, one sentence each. */
export function findPackageFaults(root: string): string[] {
  const manifest = readJson<Manifest>(join(root, 'package.json'));
  const lockfile = readJson<Lockfile>(join(root, 'package-lock.json'));
  return [
    ...unpinned(manifest),
    ...outOfStep(manifest, lockfile),
    ...forgottenPlatforms(lockfile),
    ...foreignPins(root, manifest),
    ...unfitLicences(root, lockfile),
  ];
}

function unpinned(manifest: Manifest): string[] {
  return Object.entries(allOf(manifest))
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name, version]) => `package.json asks for ${name} ${version}; name one exact version.`);
}

function outOfStep(manifest: Manifest, { packages }: Lockfile): string[] {
  const locked = packages[''] ?? {};
  const same = (['dependencies', 'devDependencies'] as const).every(
    (kind) => asText(manifest[kind]) === asText(locked[kind] ?? {}),
  );
  return [
    ...(same ? [] : ['package-lock.json is not that of package.json; run npm install.']),
    ...Object.entries(packages)
      .filter(([, { resolved }]) => resolved !== undefined)
      .map(([path]) => `package-lock.json says where ${path} was downloaded; remove its "resolved".`),
  ];
}

/**
 * npm drops what is for other platforms from the lockfile when its registry lacks it for the moment, and then `npm ci` refuses the
 * lockfile on every machine.
 */
function forgottenPlatforms({ packages }: Lockfile): string[] {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !(`${path}/node_modules/${name}` in packages || `node_modules/${name}` in packages))
      .map((name) => `package-lock.json lacks ${name}, an optional dependency of ${path}; restore its entry.`),
  );
}

/** The functions run in Deno, which has pins of its own. */
function foreignPins(root: string, manifest: Manifest): string[] {
  const versions = allOf(manifest);
  return globSync('supabase/functions/*/deno.json', { cwd: root }).flatMap((path) => {
    const { imports = {} } = readJson<{ imports?: Versions }>(join(root, path));
    return Object.values(imports).flatMap((target) => {
      const [, name = '', version] = /^npm:(@?[^@]+)@([^/]+)/.exec(target) ?? [];
      const ours = versions[name];
      return version === ours
        ? []
        : [`${path} pins ${target}, and package.json ${name || 'it'} ${ours ?? 'not at all'}.`];
    });
  });
}

function unfitLicences(root: string, { packages }: Lockfile): string[] {
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .flatMap(([path]) => {
      const installed = globSync('package.json', { cwd: join(root, path) })[0];
      // Made for another platform.
      if (installed === undefined) return [];
      const { name, license = 'no licence' } = readJson<{ name: string; license?: string }>(
        join(root, path, installed),
      );
      const fit = PERMISSIVE.has(license) || ALLOWED_LICENCES[name] === license;
      return fit ? [] : [`${name} is shipped under ${license}, which is not on the list of permissive licences.`];
    });
}

function allOf({ dependencies, devDependencies }: Manifest): Versions {
  return { ...dependencies, ...devDependencies };
}

function asText(versions: Versions): string {
  return JSON.stringify(Object.entries(versions).sort(([a], [b]) => a.localeCompare(b)));
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
