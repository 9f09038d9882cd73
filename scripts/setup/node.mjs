import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SetUpError } from './failure.mjs';

const OLDEST = 20;

/** Throws when this Node is too old even for setting up. */
export function checkNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST) {
    throw new SetUpError(`Node ${OLDEST} or newer is needed, and this is ${process.version}. See https://nodejs.org.`);
  }
}

/**
 * The Node that comes as a package of this project. It is called by its path: a shell or npm may have found another one first.
 * @param {string} root
 */
export function nodeOfProject(root) {
  const path = nodePath(root);
  if (!existsSync(path)) throw new SetUpError('The packages are incomplete. Remove node_modules and run this again.');
  return path;
}

/** @param {string} root */
export function nodePath(root) {
  return join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}
