import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Duplex, Readable } from 'node:stream';
import { EXTENSION_ID } from '../extension-identity.ts';
import { callOverPipe } from './devtools-pipe.ts';
import { StartError } from './failure.ts';

export interface BrowserWindow {
  readonly executable: string;
  /** Folder of this person's browser profile, kept between starts. */
  readonly profile: string;
  readonly extensionFolder: string;
  readonly url: string;
  readonly place: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
}

const PATIENCE_MS = 30_000;
const FAREWELL_MS = 3_000;

/**
 * Opens a browser of a person's own with the extension in it. The extension is loaded over the DevTools pipe, since branded Chrome
 * refuses --load-extension; nothing is attached to pages or to the background worker, so all behaves as installed. The browser ends
 * when the pipe does: it never outlives this process. Rejects with a StartError when the browser does not come up.
 */
export async function openBrowser(window: BrowserWindow): Promise<{ stop(): Promise<void> }> {
  prepareProfile(window.profile);
  const child = spawn(window.executable, flags(window), { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const stop = () => end(child);
  try {
    await once(child, 'spawn');
    const [, , , input, output] = child.stdio as [null, null, null, Duplex, Readable];
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const call = callOverPipe(input, output, signal);
    await call('Extensions.loadUnpacked', { path: window.extensionFolder });
    await call('Target.createTarget', { url: window.url });
    await closeEmptyTabs(call);
    return { stop };
  } catch (cause) {
    await stop();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(`${window.executable} could not be opened: ${reason}`, { cause });
  }
}

function flags({ profile, place }: BrowserWindow): string[] {
  return [
    `--user-data-dir=${profile}`,
    '--remote-debugging-pipe',
    '--enable-unsafe-extension-debugging',
    '--no-first-run',
    '--no-default-browser-check',
    '--hide-crash-restore-bubble',
    '--disable-sync',
    `--window-position=${place.left},${place.top}`,
    `--window-size=${place.width},${place.height}`,
    // Chromium will not run as root with its sandbox.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    'about:blank',
  ];
}

/** A new profile starts with our button on the toolbar, and with developer mode on, which loading from a folder takes. */
function prepareProfile(profile: string): void {
  const preferences = join(profile, 'Default', 'Preferences');
  if (existsSync(preferences)) return;
  mkdirSync(join(profile, 'Default'), { recursive: true });
  const extensions = { pinned_extensions: [EXTENSION_ID], ui: { developer_mode: true } };
  writeFileSync(preferences, JSON.stringify({ extensions }));
}

/** The page that the browser began with was there before the extension. */
async function closeEmptyTabs(call: ReturnType<typeof callOverPipe>): Promise<void> {
  const { targetInfos } = await call<{ targetInfos: { targetId: string; type: string; url: string }[] }>(
    'Target.getTargets',
  );
  for (const { targetId, type, url } of targetInfos) {
    if (type === 'page' && url === 'about:blank') await call('Target.closeTarget', { targetId });
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), FAREWELL_MS);
  await exited;
  clearTimeout(timer);
}
