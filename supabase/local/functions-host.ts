// biome-ignore-all lint/suspicious/noConsole: its output is how this process speaks to its parent.
/**
 * Runs in Deno, started by functions.ts: serves every function of a folder in one process, as Supabase's runtime does in several.
 * Takes the folder's URL and a port. Ends when its standard input closes, so that it never outlives whoever started it.
 */
import { announceListening } from './functions-announcement.ts';

type Handler = (request: Request) => Response | Promise<Response>;

interface Server {
  readonly finished: Promise<void>;
  shutdown(): Promise<void>;
}

/** What of Deno is used here. */
interface DenoRuntime {
  readonly args: readonly string[];
  readonly stdin: { readonly readable: ReadableStream<Uint8Array> };
  readDir(path: URL): AsyncIterable<{ readonly name: string; readonly isDirectory: boolean }>;
  serve(options: { hostname: string; port: number; onListen(): void }, handler: Handler): Server;
  exit(code: number): never;
}

const { Deno } = globalThis as unknown as { Deno: DenoRuntime };
const serveHttp = Deno.serve;

/** Work that goes on after its response: it keeps the process alive a moment when it is told to end. */
const background = new Set<Promise<unknown>>();
const GRACE_MS = 1_500;

Object.assign(globalThis, {
  EdgeRuntime: {
    waitUntil(work: Promise<unknown>): void {
      const settled = work.catch((error: unknown) => console.error('background work failed:', error));
      background.add(settled);
      void settled.finally(() => background.delete(settled));
    },
  },
});

/** A function's handler, whether it exports `default { fetch }` or calls Deno.serve. */
async function loadHandler(entry: URL): Promise<Handler> {
  let served: Handler | undefined;
  // Functions load one after the other, so this call is the one of the function being loaded.
  Object.assign(Deno, {
    serve(...parts: readonly unknown[]): Server {
      served = parts.find((part): part is Handler => typeof part === 'function') ?? handlerOption(parts);
      return { finished: new Promise(() => undefined), shutdown: () => Promise.resolve() };
    },
  });
  const module = (await import(entry.href)) as { readonly default?: { readonly fetch?: Handler } };
  const handler = module.default?.fetch ?? served;
  if (handler === undefined) throw new Error('it neither exports default { fetch } nor calls Deno.serve');
  return handler;
}

function handlerOption(parts: readonly unknown[]): Handler | undefined {
  const options = parts.find((part) => typeof part === 'object' && part !== null && 'handler' in part);
  return (options as { readonly handler: Handler } | undefined)?.handler;
}

/** One broken function answers 503 and leaves the others alone. */
const brokenFunction: Handler = () =>
  Response.json({ code: 'BOOT_ERROR', message: 'Function failed to start (please check logs)' }, { status: 503 });

async function loadFunctions(root: URL): Promise<ReadonlyMap<string, Handler>> {
  const handlers = new Map<string, Handler>();
  for await (const { name, isDirectory } of Deno.readDir(root)) {
    if (!isDirectory || name.startsWith('_') || name.startsWith('.')) continue;
    try {
      handlers.set(name, await loadHandler(new URL(`${name}/index.ts`, root)));
    } catch (error) {
      console.error(`${name} did not start:`, error);
      handlers.set(name, brokenFunction);
    }
  }
  return handlers;
}

/** A function sees its own name as the first part of the path, as on Supabase. */
async function answer(request: Request, handlers: ReadonlyMap<string, Handler>): Promise<Response> {
  const url = new URL(request.url);
  url.pathname = url.pathname.replace(/^\/functions\/v1(?=\/)/, '');
  const handler = handlers.get(url.pathname.split('/')[1] ?? '');
  if (handler === undefined)
    return Response.json({ code: 'NOT_FOUND', message: 'Requested function was not found' }, { status: 404 });
  try {
    // Not the request's own signal: Deno's fires after good answers too.
    const { method, headers, body } = request;
    return await handler(new Request(url, { method, headers, body }));
  } catch (error) {
    console.error('a function threw:', error);
    return Response.json(
      { code: 'WORKER_ERROR', message: 'Function exited due to an error (please check logs)' },
      { status: 500 },
    );
  }
}

async function endWithParent(server: Server): Promise<void> {
  for await (const _ of Deno.stdin.readable);
  const grace = new Promise((resolve) => setTimeout(resolve, GRACE_MS));
  await Promise.race([grace, server.shutdown().then(() => Promise.allSettled(background))]);
  Deno.exit(0);
}

addEventListener('unhandledrejection', (event) => {
  console.error('unhandled rejection:', event.reason);
  event.preventDefault();
});

const [root = '', port = '0'] = Deno.args;
const handlers = await loadFunctions(new URL(root));
const server = serveHttp(
  { hostname: '127.0.0.1', port: Number(port), onListen: () => console.log(announceListening()) },
  (request) => answer(request, handlers),
);
await endWithParent(server);
