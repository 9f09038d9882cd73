import { AsyncLocalStorage } from 'node:async_hooks';
import { unavailable } from '../unavailable.ts';

interface Scope {
  databaseLost: boolean;
}

const scope = new AsyncLocalStorage<Scope>();
let hushed = false;

/**
 * Runs one request through lite: without its stack traces on stderr, which hold what people wrote, and with 503 for whatever it
 * makes of a database that went away meanwhile.
 */
export async function runRequest(run: () => Promise<Response>): Promise<Response> {
  if (!hushed) hushConsole();
  const own: Scope = { databaseLost: false };
  const response = await scope.run(own, run);
  return own.databaseLost && !response.ok ? unavailable() : response;
}

/** Tells the request that is being served that it lost the database. */
export function noteLostDatabase(): void {
  const own = scope.getStore();
  if (own !== undefined) own.databaseLost = true;
}

function hushConsole(): void {
  hushed = true;
  // biome-ignore lint/suspicious/noConsole: lite writes there by itself, and offers no other way to stop it.
  const original = console.error;
  console.error = (...words: unknown[]) => {
    if (scope.getStore() === undefined) original(...words);
  };
}
