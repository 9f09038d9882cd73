import { AsyncLocalStorage } from 'node:async_hooks';

const quiet = new AsyncLocalStorage<true>();
let patched = false;

/** Runs lite without its stack traces on stderr: they hold what people wrote. Errors still reach the caller as answers. */
export function runQuietly<T>(run: () => Promise<T>): Promise<T> {
  if (!patched) {
    patched = true;
    hushConsole();
  }
  return quiet.run(true, run);
}

function hushConsole(): void {
  // biome-ignore lint/suspicious/noConsole: lite writes there by itself, and offers no other way to stop it.
  const original = console.error;
  console.error = (...words: unknown[]) => {
    if (quiet.getStore() !== true) original(...words);
  };
}
