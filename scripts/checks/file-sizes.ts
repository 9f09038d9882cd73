import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TYPES_PATH } from '../generate-types.ts';
import { sourceFiles } from './source-files.ts';

const MOST_LINES = 400;

/** Generated: its size is the schema's. */
const EXEMPT: readonly string[] = [TYPES_PATH];

/** Files of more lines than one can keep in mind, one sentence each. */
export function findLongFiles(root: string): string[] {
  const others = globSync(['{components,entrypoints}/**/*.css', 'supabase/**/*.{sql,css,html}'], { cwd: root });
  return [...sourceFiles(root), ...others]
    .filter((path) => !EXEMPT.includes(path))
    .map((path) => ({ path, lines: countLines(readFileSync(join(root, path), 'utf8')) }))
    .filter(({ lines }) => lines > MOST_LINES)
    .map(({ path, lines }) => `${path} has ${lines} lines; at most ${MOST_LINES} are wanted. Split it by ideas.`);
}

function countLines(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
