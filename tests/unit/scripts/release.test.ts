import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findLeaks } from '../../../scripts/release/leaks.ts';
import { findPermissionFaults } from '../../../scripts/release/permissions.ts';

const README = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
const JOIN = 'https://sideroom.example/join*';

test('permissions that the README explains may be asked for', () => {
  const manifest = {
    permissions: ['activeTab', 'alarms', 'scripting', 'storage', 'offscreen', 'sidePanel'],
    optional_permissions: ['notifications'],
    host_permissions: [JOIN],
    content_scripts: [{ matches: [JOIN] }],
  };
  expect(findPermissionFaults(manifest, README)).toEqual([]);
});

test.for([
  [{ permissions: ['storage', 'tabs'] }, /"tabs" is not explained/],
  [{ optional_permissions: ['history'] }, /"history" is not explained/],
  [{ host_permissions: ['<all_urls>'] }, /<all_urls>/],
  [{ optional_host_permissions: ['https://*/*'] }, /no business/],
  [{ content_scripts: [{ matches: ['*://*.example.org/*'] }] }, /no business/],
  [{ host_permissions: [JOIN, 'https://other.example/join*'] }, /More than one host/],
] as const)('%j is refused', ([manifest, words]) => {
  expect(findPermissionFaults(manifest, README).join()).toMatch(words);
});

test('a README without its table explains nothing', () => {
  expect(findPermissionFaults({ permissions: ['storage'], host_permissions: [JOIN] }, '# Sideroom')).toHaveLength(2);
});

const token = (role: string) =>
  `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify({ role })).toString('base64url')}.c2ln`;

test.for([
  ['panel.js.map', '{}'],
  ['panel.js', 'let a;\n//# sourceMappingURL=panel.js.map'],
  ['panel.js', 'const key = "sb_secret_N7UND0UgjKTVK";'],
  ['panel.js', `const key = "${token('service_role')}";`],
  ['panel.js', 'const key = "sk-proj-abcdefghijklmnopqrstuvwx";'],
  ['panel.js', 'connect("postgresql://postgres:hunter2@db.example:5432")'],
  ['key.pem', '-----BEGIN PRIVATE KEY-----'],
] as const)('%s with %s must not go out', ([name, text]) => {
  expect(findLeaks(name, text)).toHaveLength(1);
});

test('publishable keys and tokens of people may', () => {
  expect(findLeaks('panel.js', `"sb_publishable_abcdef" "${token('anon')}" "task-list-of-many-things-to-do"`)).toEqual(
    [],
  );
});
