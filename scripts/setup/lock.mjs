import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { birthOf } from './process-identity.mjs';

/**
 * Takes a lock file, unless a living process has it. One left behind by a process that was killed is taken over, also when its id
 * belongs to another process by now.
 * @param {string} path
 * @returns {{taken: true, release: () => void} | {taken: false, holder: number}}
 */
export function tryLock(path) {
  mkdirSync(dirname(path), { recursive: true });
  const own = `${path}.${process.pid}`;
  writeFileSync(own, JSON.stringify({ pid: process.pid, birth: birthOf(process.pid) }));
  try {
    for (;;) {
      // A link appears with its content, or not at all.
      if (tryLink(own, path)) return { taken: true, release: () => rmSync(path, { force: true }) };
      const found = readIfThere(path);
      if (found === null) continue;
      const { pid, birth } = JSON.parse(found);
      if (birthOf(pid) === birth) return { taken: false, holder: pid };
      removeIfStill(path, found);
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * Takes a lock file, waiting for whoever has it.
 * @param {string} path
 * @param {(holder: number) => void} onWait called once, when there is need to wait
 * @returns {Promise<() => void>} lets go of it
 */
export async function waitForLock(path, onWait) {
  for (let attempt = 0; ; attempt++) {
    const lock = tryLock(path);
    if (lock.taken) return lock.release;
    if (attempt === 0) onWait(lock.holder);
    await wait(250);
  }
}

/**
 * @param {string} from
 * @param {string} to
 */
function tryLink(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} path */
function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Removes a dead lock, and not the living one that somebody quicker may have put in its place meanwhile.
 * @param {string} path
 * @param {string} content
 */
function removeIfStill(path, content) {
  const aside = `${path}.${process.pid}.old`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return;
    throw error;
  }
  if (readFileSync(aside, 'utf8') !== content) tryLink(aside, path);
  rmSync(aside, { force: true });
}
