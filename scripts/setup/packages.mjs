import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetUpError } from './failure.mjs';
import { waitForLock } from './lock.mjs';
import { nodePath } from './node.mjs';

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Installs what the lockfile says unless it is there already. Of several that start at once, one installs and the others wait.
 * @param {string} root
 */
export async function installPackages(root) {
  if (isInstalled(root)) return;
  const release = await waitForLock(join(root, '.sideroom', 'set-up.lock'), () => {
    process.stderr.write('Another set-up of this project is under way; waiting for it …\n');
  });
  try {
    if (isInstalled(root)) return;
    process.stderr.write('Installing the packages (once, a minute or two) …\n');
    await runNpmCi(root);
  } finally {
    release();
  }
}

/**
 * Whether node_modules holds what the lockfile asks for. npm writes its own record of the tree as its last step, so an
 * installation that was broken off counts as none.
 * @param {string} root
 */
function isInstalled(root) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record) || !existsSync(nodePath(root))) return false;
  const present = readPackages(record);
  const wanted = readPackages(join(root, 'package-lock.json'));
  return Object.entries(wanted).every(([path, { version, integrity, optional, devOptional }]) => {
    const found = present[path];
    if (path === '') return true;
    // What is made for another platform is left out rightly.
    if (found === undefined) return Boolean(optional || devOptional);
    return found.version === version && found.integrity === integrity;
  });
}

/**
 * @param {string} lockfile
 * @returns {Record<string, {version?: string, integrity?: string, optional?: boolean, devOptional?: boolean}>}
 */
function readPackages(lockfile) {
  return JSON.parse(readFileSync(lockfile, 'utf8')).packages;
}

/** @param {string} root */
async function runNpmCi(root) {
  const { code, output, broken } = await listenTo(
    spawnNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], root),
  );
  if (broken) throw new SetUpError('The installation was broken off.');
  if (code === 0) return;
  if (/E(NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|TIMEDOUT|NETUNREACH)|ERR_SOCKET_TIMEOUT|network/i.test(output)) {
    throw new SetUpError('The package registry cannot be reached. Check the network (npm ping), then run this again.');
  }
  throw new SetUpError(`The packages could not be installed (npm ci ended with ${code}):\n${excerpt(output)}`);
}

/**
 * Waits for npm, which on Ctrl-C goes on by itself for a while: it is ended then, lest it disturb the next one.
 * @param {import('node:child_process').ChildProcessWithoutNullStreams} npm
 * @returns {Promise<{code: number | null, output: string, broken: boolean}>}
 */
function listenTo(npm) {
  let output = '';
  let broken = false;
  const breakOff = () => {
    broken = true;
    npm.kill('SIGKILL');
  };
  for (const signal of SIGNALS) process.on(signal, breakOff);
  for (const stream of [npm.stdout, npm.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    npm.on('error', reject);
    npm.on('close', (code) => {
      for (const signal of SIGNALS) process.off(signal, breakOff);
      resolve({ code, output, broken });
    });
  });
}

/**
 * npm by the very files that run us, when npm does, since the one in node_modules is about to be replaced.
 * @param {string[]} args
 * @param {string} cwd
 */
function spawnNpm(args, cwd) {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  if (npm?.endsWith('npm-cli.js')) return spawn(node ?? process.execPath, [npm, ...args], { cwd });
  return process.platform === 'win32'
    ? spawn(`npm ${args.join(' ')}`, { cwd, shell: true })
    : spawn('npm', args, { cwd });
}

/**
 * The first lines of npm's complaint. Which mirror a machine uses is nobody else's business, and such output ends up in reports.
 * @param {string} output
 */
function excerpt(output) {
  const complaints = output.split('\n').filter((line) => /^npm error \S/.test(line));
  return complaints
    .slice(0, 12)
    .join('\n')
    .replace(/\bhttps?:\/\/\S+/g, '<registry>');
}
