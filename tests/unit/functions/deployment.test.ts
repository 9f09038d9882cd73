import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));
const FUNCTIONS = join(PROJECT, 'supabase/functions');

const functions = readdirSync(FUNCTIONS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
  .map((entry) => entry.name);

const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const installed: Record<string, string> = readJson(join(PROJECT, 'package.json')).dependencies;
const config = readFileSync(join(PROJECT, 'supabase/config.toml'), 'utf8');

/** All that a file imports, directly or through files of its own. */
function importsOf(file: string, seen = new Set<string>()): ReadonlySet<string> {
  const found = new Set<string>();
  if (seen.has(file)) return found;
  seen.add(file);
  for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(/^(?:import|export)[^;]*? from '([^']+)';/gms)) {
    found.add(specifier.startsWith('.') ? join(dirname(file), specifier) : specifier);
    if (!specifier.startsWith('.')) continue;
    for (const further of importsOf(join(dirname(file), specifier), seen)) found.add(further);
  }
  return found;
}

test('there are functions to deploy', () => {
  expect(functions).toEqual(expect.arrayContaining(['copy', 'invite', 'purge', 'reply', 'speech']));
});

describe.each(functions)('the function %s as a project without node_modules would load it', (name) => {
  const { imports, lock } = readJson(join(FUNCTIONS, name, 'deno.json')) as {
    imports: Record<string, string>;
    lock: boolean;
  };
  const imported = [...importsOf(join(FUNCTIONS, name, 'index.ts'))];

  test('every package it imports is in its import map, and no other', () => {
    const packages = imported.filter((specifier) => !specifier.startsWith('/') && !specifier.startsWith('node:'));
    expect(Object.keys(imports).sort()).toEqual(packages.sort());
  });

  test('in the very version that is tested here', () => {
    for (const [specifier, target] of Object.entries(imports)) {
      const [, scope = ''] = specifier.match(/^(@[^/]+\/[^/]+|[^/]+)/) ?? [];
      expect(target).toBe(`npm:${scope}@${installed[scope]}${specifier.slice(scope.length)}`);
    }
    // Supabase's runtime is older than the Deno here and cannot read its lock files.
    expect(lock).toBe(false);
  });

  test('it is deployed alone: nothing outside the functions’ folder', () => {
    const outside = imported.filter((path) => path.startsWith('/') && relative(FUNCTIONS, path).startsWith('..'));
    expect(outside).toEqual([]);
  });

  test('the platform leaves the check of callers to it', () => {
    expect(config).toContain(`[functions.${name}]\nverify_jwt = false`);
  });
});

test('every setting that the functions read is explained', () => {
  const example = readFileSync(join(FUNCTIONS, '.env.example'), 'utf8');
  const explained = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
  const files = readdirSync(FUNCTIONS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const sources = files.map((file) => readFileSync(join(FUNCTIONS, file), 'utf8')).join('\n');
  const read = new Set([...sources.matchAll(/read(?:Env|Number)\('([A-Z_]+)'/g)].map(([, name]) => name));
  expect(explained.sort()).toEqual([...read].sort());
});
