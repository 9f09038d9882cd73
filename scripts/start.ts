/** `npm start`: the product on this machine, until Ctrl-C. */
import { once } from 'node:events';
import { buildExtension } from './build-extension.ts';
import { buildWeb } from './build-web.ts';
import { listenForStop } from './command/stop-signal.ts';
import { SetUpError } from './setup/failure.mjs';
import { startEmbedded, useProject } from './start/backend.ts';
import { claimDataFolder } from './start/data-folder.ts';
import { StartError } from './start/failure.ts';
import { greet } from './start/greeting.ts';
import { HELP, readOptions, type StartOptions } from './start/options.ts';
import { openPeople } from './start/people.ts';

const signal = listenForStop();
try {
  const options = readOptions(process.argv.slice(2));
  if (options === null) process.stdout.write(HELP);
  else await run(options);
} catch (error) {
  // What breaks after Ctrl-C broke because of it: that reaches the tools at work too.
  if (!signal.aborted) {
    if (!(error instanceof StartError || error instanceof SetUpError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** Starts everything, waits for the end, and stops everything in the opposite order. */
async function run({ people, fresh, port, browser, supabase }: StartOptions): Promise<void> {
  await using running = new AsyncDisposableStack();
  const folder = claimDataFolder(fresh);
  running.defer(folder.release);

  const backend = supabase === null ? await startEmbedded(port, folder) : await useProject(supabase, port, signal);
  running.defer(() => backend.stop());
  const { supabaseUrl, publishableKey, pagesUrl, embedded } = backend;
  const mailUrl = embedded?.mailUrl ?? null;
  const build = { supabaseUrl, publishableKey, joinOrigin: pagesUrl, mailUrl };
  const [extensionFolder] = await Promise.all([buildExtension(build), buildWeb(build)]);
  if (signal.aborted) return;

  const windows = {
    count: browser ? people : 0,
    profiles: folder.profiles,
    extensionFolder,
    url: `${pagesUrl}/welcome`,
  };
  const { opened, obstacle, stop } = await openPeople(windows);
  running.defer(stop);
  console.log(greet({ pagesUrl, supabaseUrl, embedded, extensionFolder, opened, obstacle }));
  if (!signal.aborted) await once(signal, 'abort');
  console.log('Stopping …');
}
