import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { parseSync, Visitor } from 'vite';
import { LAYERS, type Layer } from './layer-rules.ts';
import { sourceFiles } from './source-files.ts';

/** Imports in the project that go against its layers, one sentence each. */
export function findLayerFaults(root: string): string[] {
  return sourceFiles(root).flatMap((path) => layerFaultsOf(path, readFileSync(join(root, path), 'utf8')));
}

/** The same for one file, whose path is relative to the project. */
export function layerFaultsOf(path: string, source: string): string[] {
  const layer = layerOf(path);
  if (layer === null) return [];
  return importsOf(path, source)
    .filter((specifier) => !mayImport(layer, path, specifier))
    .map((specifier) => `${path} imports ${specifier}: ${describe(layer)}`);
}

function mayImport(layer: Layer, path: string, specifier: string): boolean {
  if (!specifier.startsWith('.')) return layer.packages.some((allowed) => covers(allowed, specifier));
  const target = layerOf(join(dirname(path), specifier));
  return target !== null && (target === layer || layer.knows.includes(target.name));
}

function layerOf(path: string): Layer | null {
  let longest = 0;
  let found: Layer | null = null;
  for (const layer of LAYERS) {
    for (const candidate of layer.paths) {
      if (candidate.length > longest && covers(candidate, path)) {
        longest = candidate.length;
        found = layer;
      }
    }
  }
  return found;
}

function covers(pattern: string, path: string): boolean {
  return pattern.endsWith('/') ? path.startsWith(pattern) : path === pattern;
}

/** Everything a module refers to: values, types, re-exports, `import()` and `import('…')` in types. */
function importsOf(path: string, source: string): string[] {
  const { program, errors } = parseSync(path, source);
  if (errors[0] !== undefined) throw new Error(`${path} cannot be parsed: ${errors[0].message}`);
  const specifiers: string[] = [];
  const note = (node: { type: string; value?: unknown } | null) => {
    if (node !== null) specifiers.push(typeof node.value === 'string' ? node.value : `(${node.type})`);
  };
  new Visitor({
    ImportDeclaration: (node) => note(node.source),
    ExportNamedDeclaration: (node) => note(node.source),
    ExportAllDeclaration: (node) => note(node.source),
    ImportExpression: (node) => note(node.source),
    TSImportType: (node) => note(node.source),
  }).visit(program);
  return specifiers;
}

function describe({ name, knows, packages }: Layer): string {
  const known = [...knows, ...packages].join(', ');
  return known === '' ? `${name} may import nothing from outside.` : `${name} may import only from ${known}.`;
}
