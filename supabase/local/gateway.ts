import { readFileSync } from 'node:fs';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { Api } from './api/api.ts';
import { type AllowedOrigins, isAllowed, preflight, withCors } from './cors.ts';
import { mailPage } from './mail-page.ts';

type Fetch = (request: Request) => Promise<Response>;

export interface GatewayOptions {
  readonly port: number;
  readonly origins: AllowedOrigins;
  readonly api: Api;
  readonly storage: { fetch: Fetch };
  readonly realtime: { handleHttp: Fetch; handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void };
  /** Base URL of the functions' host; null when none runs. */
  functionsUrl(): string | null;
  /** False while Postgres is away. */
  isDatabaseUp(): boolean;
}

const PAGE_HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** The one origin of the embedded stack, on loopback: the paths of a Supabase project, the join page and the development inbox. */
export async function startGateway(options: GatewayOptions): Promise<{ stop(): Promise<void> }> {
  const { port, origins, api, storage, realtime } = options;
  const app = new Hono();

  app.use('*', async (context, next) => {
    const host = context.req.header('host') ?? '';
    // A foreign name that resolves to loopback would make this origin readable for its page.
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) return context.text('This address is not served here.', 421);
    const origin = context.req.header('origin') ?? null;
    if (!isAllowed(origin, origins)) return context.json({ message: 'This origin may not call this server.' }, 403);
    if (context.req.method === 'OPTIONS') return preflight(context.req.raw);
    await next();
    context.res = withCors(context.res, origin);
    return;
  });
  app.use(async (context, next) => {
    if (/^\/(rest|auth|storage|realtime|functions)\//.test(context.req.path) && !options.isDatabaseUp())
      return unavailable();
    return next();
  });

  app.all('/rest/v1/*', (context) => api.fetch(context.req.raw));
  app.all('/auth/v1/*', (context) => api.fetch(context.req.raw));
  app.all('/storage/v1/*', (context) => storage.fetch(context.req.raw));
  app.all('/realtime/v1/*', (context) => realtime.handleHttp(context.req.raw));
  app.all('/functions/v1/*', (context) => callFunction(context.req.raw, options.functionsUrl()));

  app.get('/', (context) => context.redirect('/welcome'));
  for (const name of ['welcome', 'join'])
    app.get(`/${name}`, (context) => context.html(page(`${name}.html`), 200, PAGE_HEADERS));
  app.get('/assets/page.css', (context) => context.body(page('page.css'), 200, { 'content-type': 'text/css' }));
  app.get('/favicon.ico', (context) => context.body(null, 204));
  app.get('/mail', (context) => context.html(mailPage(api.mails()), 200, PAGE_HEADERS));
  app.get('/mail.json', (context) => context.json(api.mails()));
  app.onError(() => unavailable());

  const server = await listen(app, port);
  const upgraded = new Set<Duplex>();
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
    if (!options.isDatabaseUp() || !isAllowed(request.headers.origin ?? null, origins)) socket.destroy();
    else realtime.handleUpgrade(request, socket, head);
  });
  return {
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        // Sockets that became websockets are no connections to the server any more, yet it waits for them.
        for (const socket of upgraded) socket.destroy();
      }),
  };
}

function listen(app: Hono, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () => resolve(server as Server));
    server.once('error', reject);
  });
}

async function callFunction(request: Request, base: string | null): Promise<Response> {
  if (base === null) return unavailable();
  const { pathname, search } = new URL(request.url);
  const headers = new Headers(request.headers);
  headers.delete('host');
  const body = request.body === null ? null : await request.arrayBuffer();
  return fetch(`${base}${pathname}${search}`, { method: request.method, headers, body, redirect: 'manual' });
}

function unavailable(): Response {
  const message = 'The server is starting or restarting. Try again in a moment.';
  return Response.json({ code: 'unavailable', message }, { status: 503, headers: { 'retry-after': '1' } });
}

function page(name: string): string {
  return readFileSync(new URL(`pages/${name}`, import.meta.url), 'utf8');
}
