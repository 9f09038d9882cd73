import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Tells a process from a later one with the same id: when it was started, in whatever words the system has for that.
 * Null when there is no such process.
 * @param {number} pid
 * @returns {string | null}
 */
export function birthOf(pid) {
  if (process.platform === 'linux') return fieldsOf(pid)?.[19] ?? null;
  if (process.platform === 'win32') return isAlive(pid) ? 'unknown' : null;
  return ask(pid, 'lstart=');
}

/**
 * The process that started this one. Null when there is none or the system does not say.
 * @param {number} pid
 * @returns {number | null}
 */
export function parentOf(pid) {
  if (process.platform === 'win32') return null;
  const answer = process.platform === 'linux' ? fieldsOf(pid)?.[1] : ask(pid, 'ppid=');
  return Number(answer) || null;
}

/**
 * The numbers of /proc/<pid>/stat from the state on: what stands before is a name that may hold anything. Zombies are dead to us.
 * @param {number} pid
 */
function fieldsOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : fields;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'ENOENT' || code === 'ESRCH') return null;
    throw error;
  }
}

/**
 * @param {number} pid
 * @param {string} what
 */
function ask(pid, what) {
  try {
    return execFileSync('ps', ['-o', what, '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    // `ps` ends with 1 when there is no such process.
    return null;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
