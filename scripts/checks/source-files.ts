import { globSync } from 'node:fs';

/** The project's own TypeScript and plain JavaScript, as paths relative to `root` with forward slashes. */
export function sourceFiles(root: string): string[] {
  return globSync('**/*.{ts,tsx,mjs}', { cwd: root, exclude: (name) => /^(node_modules|\..+)$/.test(name) })
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
}
