/** `npm start`: the product on this machine, until Ctrl-C. */
import { once } from 'node:events';
import { join } from 'node:path';
import { buildExtension } from './build-extension.ts';
import { listenForStop } from './command/stop-signal.ts';
import { SetUpError } from './setup/failure.mjs';
import { startEmbedded, useProject } from './start/backend.ts';
import { openBrowser } from './start/browser.ts';
import { claimDataFolder } from './start/data-folder.ts';
import { findBrowser } from './start/display.ts';
import { StartError } from './start/failure.ts';
import { greet } from './start/greeting.ts';
import { HELP, readOptions, type StartOptions } from './start/options.ts';
import { placeWindows } from './start/windows.ts';

const signal = listenForStop();
try {
  const options = readOptions(process.argv.slice(2));
  if (options === null) console.log(HELP);
  else await run(options);
} catch (error) {
  if (!(error instanceof StartError || error instanceof SetUpError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** Starts everything, waits for the end, and stops everything in the opposite order. */
async function run({ people, fresh, port, browser, supabase }: StartOptions): Promise<void> {
  await using running = new AsyncDisposableStack();
  const folder = claimDataFolder(fresh);
  running.defer(folder.release);

  const backend = supabase === null ? await startEmbedded(port, folder) : await useProject(supabase, signal);
  running.defer(() => backend.stop());
  if (signal.aborted) return;
  const { supabaseUrl, publishableKey, pagesUrl, embedded } = backend;
  const mailUrl = embedded?.mailUrl ?? null;
  const extensionFolder = await buildExtension({ supabaseUrl, publishableKey, joinOrigin: pagesUrl, mailUrl });

  const { executable, reason } = browser ? findBrowser() : { executable: null, reason: null };
  const windows = executable === null || signal.aborted ? [] : placeWindows(people);
  for (const [index, place] of windows.entries()) {
    if (executable === null) break;
    const profile = join(folder.profiles, String(index + 1));
    const opened = await openBrowser({ executable, profile, extensionFolder, url: `${pagesUrl}/welcome`, place });
    running.defer(() => opened.stop());
  }
  console.log(greet({ pagesUrl, supabaseUrl, embedded, extensionFolder, opened: windows.length, reason }));
  if (!signal.aborted) await once(signal, 'abort');
  console.log('Stopping …');
}
