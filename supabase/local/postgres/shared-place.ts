import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';

/** Where root keeps what another user must reach, when the project lies in a folder closed to others. */
const ROOT = '/var/lib/sideroom';
const CLUSTERS = join(ROOT, 'clusters');
const NOTE = 'cluster-is-elsewhere';

/** A copy of the binaries that anybody may run; made once per version. */
export function copyOfBinaries({ path, version }: { path: string; version: string }): string {
  const copy = join(ROOT, `postgres-${version}-${process.arch}`);
  if (existsSync(copy)) return copy;
  openFolder(ROOT);
  const unfinished = `${copy}.${process.pid}`;
  // The links among the libraries are relative; left alone, cpSync would point them back at what it copies.
  cpSync(path, unfinished, { recursive: true, verbatimSymlinks: true });
  openTree(unfinished);
  try {
    renameSync(unfinished, copy);
  } catch (error) {
    // Another start was quicker.
    if (!existsSync(copy)) throw error;
    rmSync(unfinished, { recursive: true });
  }
  return copy;
}

/**
 * The place of a cluster whose own folder is closed to others, keyed by that folder's path. It is valid as long as the folder
 * keeps a note of it: whoever deletes the folder begins anew, and what it had here goes with the next start of anybody.
 */
export function movedCluster(folder: string): string {
  openFolder(ROOT);
  openFolder(CLUSTERS);
  dropForgotten();
  const origin = resolve(folder);
  const moved = join(CLUSTERS, createHash('sha256').update(origin).digest('hex').slice(0, 16));
  const note = join(origin, NOTE);
  if (!existsSync(note)) rmSync(moved, { recursive: true, force: true });
  writeFileSync(`${moved}.origin`, origin);
  writeFileSync(note, `${moved}\n`);
  return moved;
}

/** Removes the clusters that no folder has a note of any more. One that still runs is left to the end of its server. */
function dropForgotten(): void {
  for (const file of readdirSync(CLUSTERS)) {
    if (!file.endsWith('.origin')) continue;
    const path = join(CLUSTERS, file);
    const cluster = path.slice(0, -'.origin'.length);
    if (existsSync(join(readFileSync(path, 'utf8'), NOTE)) || existsSync(join(cluster, 'postmaster.pid'))) continue;
    rmSync(cluster, { recursive: true, force: true });
    rmSync(path, { force: true });
  }
}

function openFolder(path: string): void {
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o755);
}

/** Lets everybody read what the owner may read, and run what the owner may run, whatever mask it was made under. */
function openTree(path: string): void {
  const entry = statSync(path);
  chmodSync(path, (entry.mode & 0o100) === 0 ? 0o644 : 0o755);
  if (entry.isDirectory()) for (const name of readdirSync(path)) openTree(join(path, name));
}
