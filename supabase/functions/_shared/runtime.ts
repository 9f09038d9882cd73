/** What differs between Supabase's runtime, the local Deno process and Node. */
interface Runtime {
  readonly Deno?: { readonly env: { get(name: string): string | undefined } };
  readonly process?: { readonly env: Record<string, string | undefined> };
  readonly EdgeRuntime?: { waitUntil(work: Promise<unknown>): void };
}

const runtime = globalThis as unknown as Runtime;

/** A setting of the deployment; an empty one counts as absent. */
export function readEnv(name: string): string | undefined {
  const value = runtime.Deno ? runtime.Deno.env.get(name) : runtime.process?.env[name];
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}

/** Goes on with `work` after the response has been sent: the runtime keeps the worker alive until it settles. */
export function runInBackground(work: Promise<unknown>): void {
  if (runtime.EdgeRuntime) runtime.EdgeRuntime.waitUntil(work);
}
