import { existsSync } from 'node:fs';
import { canInstall, installFromSystem } from './system-packages.mjs';

const USUAL = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'];

/**
 * The Firefox for the tests: the one that FIREFOX_PATH names, else one in the usual places, else one from the system's packages
 * where we may install them. Undefined where none can be had: the tests that need it say so and are left out.
 * @returns {Promise<string | undefined>}
 */
export async function bringFirefox() {
  const find = () => process.env.FIREFOX_PATH ?? USUAL.find((path) => existsSync(path));
  if (find() === undefined && canInstall()) await installFromSystem('Firefox', ['firefox-esr'], 'FIREFOX_PATH');
  return find();
}
