import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSituation } from './set/parse.ts';
import type { Situation } from './set/situation.ts';

const FOLDER = fileURLToPath(new URL('situations/', import.meta.url));

/** The whole set, in the order of the files' names. Throws when one is not well-formed. */
export function loadSituations(): Situation[] {
  return globSync('*.txt', { cwd: FOLDER })
    .sort()
    .map((file) => parseSituation(basename(file, '.txt'), readFileSync(`${FOLDER}${file}`, 'utf8')));
}
