import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { SetUpError } from './failure.mjs';

/** Programs of the Chromium family, best first. Snaps come last: they see neither /tmp nor hidden folders. */
const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-for-testing',
  'brave-browser',
  'microsoft-edge',
  'google-chrome',
];

const MAC = ['Chromium', 'Google Chrome for Testing', 'Brave Browser', 'Microsoft Edge', 'Google Chrome'];

const WINDOWS = [
  ['Chromium', 'Application', 'chrome.exe'],
  ['BraveSoftware', 'Brave-Browser', 'Application', 'brave.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
];

/**
 * A browser of the Chromium family on this machine: the one that CHROMIUM_PATH names, else the first found in the usual places.
 * @returns {string | undefined}
 */
export function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (!isProgram(chosen)) throw new SetUpError(`CHROMIUM_PATH is "${chosen}", and there is no program at that path.`);
    return chosen;
  }
  const found = candidates().filter(isProgram);
  return found.find((path) => !path.startsWith('/snap/')) ?? found[0];
}

function candidates() {
  if (process.platform === 'darwin') {
    return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
      MAC.map((name) => join(folder, `${name}.app`, 'Contents', 'MacOS', name)),
    );
  }
  if (process.platform === 'win32') {
    const { ProgramFiles, 'ProgramFiles(x86)': oldProgramFiles, LOCALAPPDATA } = process.env;
    return [ProgramFiles, oldProgramFiles, LOCALAPPDATA].flatMap((folder) =>
      folder === undefined ? [] : WINDOWS.map((parts) => join(folder, ...parts)),
    );
  }
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'].filter(
    Boolean,
  );
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Absent or not for us: either way it is none.
    return false;
  }
}

/**
 * Installs Chromium from the system's packages where we may; else says what to do.
 * @returns {Promise<string>} its path
 */
export async function installChromium() {
  const manual =
    'The tests need a browser of the Chromium family. Install Chromium, Brave, Edge or Chrome, or set CHROMIUM_PATH to one.';
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) throw new SetUpError(manual);
  process.stderr.write("Installing Chromium from the system's packages (once, a minute or two) …\n");
  await aptGet(['update']);
  await aptGet(['install', '--yes', '--no-install-recommends', 'chromium', 'fonts-liberation']);
  const path = findChromium();
  if (path === undefined) throw new SetUpError(manual);
  return path;
}

/** @param {string[]} args */
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
  if (code === 0) return;
  const reason = output.match(/^E: .*$/m)?.[0] ?? 'no reason given';
  throw new SetUpError(
    `Chromium could not be installed from the system's packages (${reason.replace(/\bhttps?:\/\/\S+/g, '<mirror>')}). ` +
      'Install it by hand, or set CHROMIUM_PATH.',
  );
}
