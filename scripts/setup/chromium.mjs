import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { SetUpError } from './failure.mjs';
import { canInstall, installFromSystem } from './system-packages.mjs';

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
  if (!canInstall()) throw new SetUpError(manual);
  await installFromSystem('Chromium', ['chromium', 'fonts-liberation'], 'CHROMIUM_PATH');
  const path = findChromium();
  if (path === undefined) throw new SetUpError(manual);
  return path;
}
