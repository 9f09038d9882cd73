import { findChromium } from '../setup/chromium.mjs';

/** The browser to open, or why none can be opened here. */
export function findBrowser(): { executable: string; reason: null } | { executable: null; reason: string } {
  if (!hasDisplay()) return { executable: null, reason: 'There is no display here to open a browser on.' };
  const executable = findChromium();
  if (executable !== undefined) return { executable, reason: null };
  return {
    executable: null,
    reason: 'There is no browser of the Chromium family in the usual places (CHROMIUM_PATH names one).',
  };
}

function hasDisplay(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY, SSH_CONNECTION } = process.env;
  if (process.platform === 'darwin' || process.platform === 'win32') return SSH_CONNECTION === undefined;
  return Boolean(DISPLAY || WAYLAND_DISPLAY);
}
