import { findChromium } from '../setup/chromium.mjs';
import { StartError } from './failure.ts';

/** The browser to open. Throws a StartError when none can be opened here. */
export function findBrowser(): string {
  if (!hasDisplay()) throw new StartError('There is no display here to open a browser on.');
  const executable = findChromium();
  if (executable !== undefined) return executable;
  throw new StartError('There is no browser of the Chromium family in the usual places (CHROMIUM_PATH names one).');
}

function hasDisplay(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY, SSH_CONNECTION } = process.env;
  if (process.platform === 'darwin' || process.platform === 'win32') return SSH_CONNECTION === undefined;
  return Boolean(DISPLAY || WAYLAND_DISPLAY);
}
