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
const ALLOWED: ReadonlyMap<string | undefined, string> = new Map([['webextension-polyfill', 'MPL-2.0']]);

export interface Licensed {
  readonly name?: string;
  readonly license?: string;
}

/** What is wrong with the licences of these packages, one sentence each. */
export function findLicenceFaults(packages: readonly Licensed[]): string[] {
  return packages
    .filter(({ name, license }) => license === undefined || !(PERMISSIVE.has(license) || ALLOWED.get(name) === license))
    .map(
      ({ name, license = 'no licence' }) => `${name} is shipped under ${license}, which is not on the permissive list.`,
    );
}
