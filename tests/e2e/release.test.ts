import { readFileSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import { findReleaseFaults } from '../../scripts/release/faults.ts';

test('what was built asks for nothing that the README does not explain, reaches its own backend alone, and holds no source map and no secret', () => {
  const { extensionDir: extension, webDir: web, url: backend, secretKey } = inject('product');
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const secrets = new Map([['the secret key', secretKey]]);
  expect(findReleaseFaults({ extension, web, readme, backend, secrets })).toEqual([]);
});
