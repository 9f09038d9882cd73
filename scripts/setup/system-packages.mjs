import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { SetUpError } from './failure.mjs';

/** Whether this is a machine whose packages we may install: Debian or one of its kin, as root. */
export function canInstall() {
  return existsSync('/etc/debian_version') && process.getuid?.() === 0;
}

/**
 * Installs a program from the system's packages.
 * @param {string} program its name as people know it
 * @param {string[]} packages
 * @param {string} variable where to name one that is there already
 */
export async function installFromSystem(program, packages, variable) {
  process.stderr.write(`Installing ${program} from the system's packages (once, a minute or two) …\n`);
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', ...packages]]) {
    const reason = await aptGet(args);
    if (reason === null) continue;
    throw new SetUpError(
      `${program} could not be installed from the system's packages (${reason}). Install it by hand, or set ${variable}.`,
    );
  }
}

/**
 * @param {string[]} args
 * @returns {Promise<string | null>} why it failed
 */
async function aptGet(args) {
  const apt = spawn('apt-get', ['-q', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [apt.stdout, apt.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const code = await new Promise((resolve, reject) => apt.on('error', reject).on('close', resolve));
  if (code === 0) return null;
  return (output.match(/^E: .*$/m)?.[0] ?? 'no reason given').replace(/\bhttps?:\/\/\S+/g, '<mirror>');
}
