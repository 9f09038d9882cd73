type Versions = Readonly<Record<string, string>>;

export interface Manifest {
  readonly dependencies: Versions;
  readonly devDependencies: Versions;
}

interface LockedPackage extends Partial<Manifest> {
  readonly dev?: boolean;
  readonly resolved?: string;
  readonly optionalDependencies?: Versions;
}

/** `packages` of package-lock.json: by path; the project itself stands under the empty one. */
export type LockedPackages = Readonly<Record<string, LockedPackage>>;

/** What is wrong with the versions that are asked for and locked, one sentence each. */
export function findVersionFaults(manifest: Manifest, locked: LockedPackages): string[] {
  return [...unpinned(manifest), ...outOfStep(manifest, locked), ...addresses(locked), ...forgottenPlatforms(locked)];
}

/** What is wrong with the pins of a function, which runs in Deno and has pins of its own: they are to be ours. */
export function findForeignPins(imports: Versions, manifest: Manifest): string[] {
  const versions: Versions = { ...manifest.dependencies, ...manifest.devDependencies };
  return Object.values(imports).flatMap((target) => {
    const [, name = target, version] = /^npm:(@?[^@]+)@([^/]+)/.exec(target) ?? [];
    const ours = versions[name] ?? 'no version at all';
    return version === ours ? [] : [`deno.json pins ${target}, and package.json has ${ours}.`];
  });
}

function unpinned({ dependencies, devDependencies }: Manifest): string[] {
  return (
    Object.entries({ ...dependencies, ...devDependencies })
      // A second version of a package goes by another name.
      .filter(([, version]) => !/^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(([name, version]) => `package.json asks for ${name} ${version}; name one exact version.`)
  );
}

function outOfStep(manifest: Manifest, locked: LockedPackages): string[] {
  const known = locked[''] ?? {};
  const same = (['dependencies', 'devDependencies'] as const).every(
    (kind) => sorted(manifest[kind]) === sorted(known[kind] ?? {}),
  );
  return same ? [] : ['package-lock.json is not that of package.json; run npm install.'];
}

function sorted(versions: Versions): string {
  return JSON.stringify(Object.entries(versions).sort(([a], [b]) => a.localeCompare(b)));
}

/** Where a package was downloaded says something about a machine, and nothing about the package. */
function addresses(locked: LockedPackages): string[] {
  return Object.entries(locked)
    .filter(([, { resolved }]) => resolved !== undefined)
    .map(([path]) => `package-lock.json says where ${path} was downloaded; remove its "resolved".`);
}

/**
 * npm drops what is for other platforms from the lockfile when its registry lacks it for the moment, and then `npm ci` refuses the
 * lockfile on every machine.
 */
function forgottenPlatforms(locked: LockedPackages): string[] {
  return Object.entries(locked).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !(`${path}/node_modules/${name}` in locked || `node_modules/${name}` in locked))
      .map((name) => `package-lock.json lacks ${name}, an optional dependency of ${path}; restore its entry.`),
  );
}
