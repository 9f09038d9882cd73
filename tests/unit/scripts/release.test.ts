import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findReleaseFaults } from '../../../scripts/release/faults.ts';
import { findLeaks, secretsOf } from '../../../scripts/release/leaks.ts';
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
  ['panel.js', `"sbp_${'0123456789abcdef'.repeat(3)}"`],
  ['panel.js', `"ghp_${'a1B2'.repeat(9)}"`],
  ['panel.js', '"AKIAABCDEFGHIJKLMNOP"'],
] as const)('%s with %s must not go out', ([name, text]) => {
  expect(findLeaks(name, text)).toHaveLength(1);
});

test('publishable keys and tokens of people may', () => {
  expect(findLeaks('panel.js', `"sb_publishable_abcdef" "${token('anon')}" "task-list-of-many-things-to-do"`)).toEqual(
    [],
  );
});

describe('a build', () => {
  const backend = 'https://ref.supabase.co';
  const policy = `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ${backend} wss://ref.supabase.co; base-uri 'none'; form-action 'none'`;
  const manifest = { permissions: ['storage'], content_security_policy: { extension_pages: policy } };
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'release-'));
    for (const part of ['extension/chunks', 'web/assets']) mkdirSync(join(folder, part), { recursive: true });
    write('extension/manifest.json', JSON.stringify(manifest));
    write('extension/chunks/panel.js', 'let a;');
    write('web/assets/main.js', 'let a;');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
  const faults = (environment: Record<string, string> = {}) =>
    findReleaseFaults({
      extension: join(folder, 'extension'),
      web: join(folder, 'web'),
      readme: README,
      backend,
      secrets: secretsOf(environment, ['sb_publishable_abcdef']),
    });

  test('that is in order goes out', () => {
    expect(faults({ SIDEROOM_SUPABASE_KEY: 'sb_publishable_abcdef', OPENAI_API_KEY: 'not in here anywhere' })).toEqual(
      [],
    );
  });

  test.for([
    ['extension/chunks/panel.js.map', '{}'],
    ['extension/.env', 'OPENAI_API_KEY=sk-proj-abcdefghijklmnopqrstuvwx'],
    ['extension/chunks/.secret', '-----BEGIN PRIVATE KEY-----'],
    ['web/assets/main.js.map', '{}'],
    ['web/assets/main.js', 'const key = "sb_secret_N7UND0UgjKTVK";'],
  ] as const)('with %s does not', ([path, text]) => {
    write(path, text);
    expect(faults()).toHaveLength(1);
  });

  test('does not with what the environment keeps secret, whatever its form', () => {
    write('web/assets/main.js', 'const key = "correct horse battery";');
    expect(faults({ MODEL_PASSWORD: 'correct horse battery' })).toEqual([
      'assets/main.js holds what MODEL_PASSWORD is set to.',
    ]);
  });

  test.for([
    [{ externally_connectable: { matches: ['<all_urls>'] } }, /"externally_connectable"/],
    [{ sandbox: { pages: ['x.html'] } }, /"sandbox"/],
    [{ permissions: ['tabs'] }, /"tabs"/],
    [{ content_security_policy: undefined }, /default-src/],
    [{ content_security_policy: policy }, /default-src/],
    [{ content_security_policy: { extension_pages: policy.replace("'self'", "'self' 'unsafe-eval'") } }, /unsafe/],
    [{ content_security_policy: { extension_pages: policy.replace("'self'", "'self' 'wasm-unsafe-eval'") } }, /wasm/],
    [{ content_security_policy: { extension_pages: policy.replace(backend, 'https://*.supabase.co') } }, /connect-src/],
    [
      { content_security_policy: { extension_pages: policy.replace(backend, `${backend} https://other.example`) } },
      /connect-src/,
    ],
    [{ content_security_policy: { extension_pages: policy.replace("base-uri 'none'; ", '') } }, /base-uri/],
  ] as const)('with %j does not', ([change, words]) => {
    write('extension/manifest.json', JSON.stringify({ ...manifest, ...change }));
    expect(faults().join()).toMatch(words);
  });
});
