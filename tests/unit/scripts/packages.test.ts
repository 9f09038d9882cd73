import { describe, expect, test } from 'vitest';
import { findLicenceFaults } from '../../../scripts/checks/licences.ts';
import { findForeignPins, findVersionFaults } from '../../../scripts/checks/lockfile.ts';

const manifest = { dependencies: { a: '1.2.3' }, devDependencies: { b: '2.0.0-beta.1' } };
const locked = { '': manifest, 'node_modules/a': {}, 'node_modules/b': { dev: true } };

describe('versions', () => {
  test('that are exact and locked are in order', () => {
    expect(findVersionFaults(manifest, locked)).toEqual([]);
  });

  test('of a package that is here twice are exact as well', () => {
    const twice = { ...manifest, devDependencies: { 'b-older': 'npm:b@1.9.0', 'c-older': 'npm:@c/c@1.0.0-beta.1' } };
    expect(findVersionFaults(twice, { ...locked, '': twice })).toEqual([]);
  });

  test.each(['^1.2.3', '~1.2.3', '*', 'latest', '1.2', 'github:a/b', 'npm:b@^1.9.0', 'npm:b'])(
    'must be exact, not %s',
    (version) => {
      const loose = { ...manifest, dependencies: { a: version } };
      expect(findVersionFaults(loose, { ...locked, '': loose })).toEqual([expect.stringContaining(`a ${version}`)]);
    },
  );

  test('must be the locked ones', () => {
    const newer = { ...manifest, dependencies: { a: '1.2.4' } };
    expect(findVersionFaults(newer, locked)).toEqual([expect.stringContaining('run npm install')]);
  });

  test('say nothing of the registry', () => {
    const told = { ...locked, 'node_modules/a': { resolved: 'https://registry.example/a.tgz' } };
    expect(findVersionFaults(manifest, told)).toEqual([expect.stringContaining('"resolved"')]);
  });

  test('are locked for all platforms', () => {
    const optionalDependencies = { '@a/mac': '1.2.3', '@a/linux': '1.2.3' };
    const forgetful = { ...locked, 'node_modules/a': { optionalDependencies }, 'node_modules/@a/linux': {} };
    expect(findVersionFaults(manifest, forgetful)).toEqual([expect.stringContaining('lacks @a/mac')]);
    const nested = { ...forgetful, 'node_modules/a/node_modules/@a/mac': {} };
    expect(findVersionFaults(manifest, nested)).toEqual([]);
  });

  test('are the same in the functions', () => {
    expect(findForeignPins({ a: 'npm:a@1.2.3', 'a/core': 'npm:a@1.2.3/core' }, manifest)).toEqual([]);
    expect(findForeignPins({ a: 'npm:a@1.2.4' }, manifest)).toHaveLength(1);
    expect(findForeignPins({ c: 'npm:c@1.0.0' }, manifest)).toHaveLength(1);
    expect(findForeignPins({ a: 'https://elsewhere.example/a.js' }, manifest)).toHaveLength(1);
  });
});

describe('licences of what is shipped', () => {
  test.each([
    [{ name: 'a', license: 'MIT' }, 0],
    [{ name: 'webextension-polyfill', license: 'MPL-2.0' }, 0],
    [{ name: 'a', license: 'MPL-2.0' }, 1],
    [{ name: 'a', license: 'AGPL-3.0-only' }, 1],
    [{ name: 'a' }, 1],
  ])('%j has %i faults', (licensed, faults) => {
    expect(findLicenceFaults([licensed])).toHaveLength(faults);
  });
});
