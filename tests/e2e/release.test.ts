import { readFileSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import { findReleaseFaults } from '../../scripts/release/faults.ts';

test('the built extension asks for nothing that the README does not explain, and holds no source map and no secret', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  expect(findReleaseFaults(inject('product').extensionDir, readme)).toEqual([]);
});
