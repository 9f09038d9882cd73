import { Hono } from 'hono';
import type { Mail } from '../api/api.ts';
import { isUnavailable } from '../is-unavailable.ts';
import { tooMany } from '../too-many.ts';
import { unavailable } from '../unavailable.ts';
import { type AllowedOrigins, isAllowed, preflight, withCors } from './cors.ts';
import { createFairQueue } from './fair-queue.ts';
import { callFunction } from './functions-proxy.ts';
import { servePages } from './pages.ts';
import { identifySender, type SenderKeys } from './sender.ts';
import type { Turns } from './turns.ts';

type Fetch = (request: Request) => Promise<Response>;

/** The parts behind the gateway as they are at this moment; null is one that is away. */
export interface Parts {
  /** Serves /rest/v1 and /auth/v1. */
  readonly api: { readonly fetch: Fetch } | null;
  readonly storage: { readonly fetch: Fetch } | null;
  readonly realtime: { readonly handleHttp: Fetch } | null;
  /** Where the functions' host listens. */
  readonly functionsUrl: string | null;
}

/** Where a request came from, as the connection tells and not its headers. */
export interface Peer {
  readonly address: string;
}

export interface RouteOptions {
  readonly parts: () => Parts;
  readonly mails: () => Mail[];
  readonly webFolder?: string | null | undefined;
  readonly origins: AllowedOrigins;
  readonly keys: SenderKeys;
  readonly turns: Turns;
  readonly log: (line: string) => void;
}

/** A message is told to everybody in its chat: nobody types more than some a second. */
const MESSAGE_COST = 3;
/** Requests for tables that are answered side by side: more would only wait for each other before the database. */
const PLACES = 4;

/** The paths of a Supabase project and, beside them, the pages for people; for the origins that may call. */
export function createRoutes(options: RouteOptions): (request: Request, from: Peer) => Promise<Response> {
  const app = createApp(options);
  return async (request, from) => {
    // A foreign name that resolves to this machine would make this origin readable for its page.
    if (!isLoopback(request.headers.get('host'))) return refuse(421, 'This address is not served here.');
    const origin = request.headers.get('origin');
    if (!isAllowed(origin, options.origins)) return refuse(403, 'This origin may not call this server.');
    if (request.method === 'OPTIONS') return preflight(request);
    return withCors(await app.fetch(request, from), origin);
  };
}

function createApp({ parts, mails, webFolder, keys, turns, log }: RouteOptions): Hono<{ Bindings: Peer }> {
  const app = new Hono<{ Bindings: Peer }>();
  const queue = createFairQueue(PLACES);

  app.use('/:service{rest|auth|storage|realtime|functions}/v1/*', async ({ req, env }, next) => {
    const sender = await identifySender(req.raw.headers, env.address, keys);
    const seconds = sender === null ? 0 : await turns.wait(sender, isMessage(req) ? MESSAGE_COST : 1);
    if (seconds > 0) return tooMany(seconds);
    if (sender === null || req.param('service') !== 'rest') return next();
    return queue.run(`${sender.kind}:${sender.id}`, next);
  });
  app.all('/rest/v1/*', ({ req }) => parts().api?.fetch(req.raw) ?? unavailable());
  app.all('/auth/v1/*', ({ req }) => parts().api?.fetch(req.raw) ?? unavailable());
  app.all('/storage/v1/*', ({ req }) => parts().storage?.fetch(req.raw) ?? unavailable());
  app.all('/realtime/v1/*', ({ req }) => parts().realtime?.handleHttp(req.raw) ?? unavailable());
  app.all('/functions/v1/*', ({ req, env }) => {
    const { functionsUrl } = parts();
    return functionsUrl === null ? unavailable() : callFunction(req.raw, functionsUrl, env.address);
  });
  app.route('/', servePages({ mails, webFolder }));

  app.onError((error, context) => {
    if (isUnavailable(error)) return unavailable();
    // Neither the message nor the path: both may hold what people wrote.
    log(`gateway: ${error.name} while answering ${context.req.method} ${context.req.path.split('/', 3).join('/')}`);
    return context.json({ message: 'This request could not be answered.' }, 500);
  });
  return app;
}

function isMessage({ method, path }: { readonly method: string; readonly path: string }): boolean {
  return method === 'POST' && path === '/rest/v1/messages';
}

function isLoopback(host: string | null): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host ?? '');
}

function refuse(status: number, message: string): Response {
  return Response.json({ message }, { status });
}
