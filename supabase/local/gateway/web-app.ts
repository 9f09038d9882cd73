import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { Hono } from 'hono';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
};

/** A name as the build gives them; nothing that could lead out of the folder. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

/**
 * The built web app below /app/, as any server of static files would serve it. `folder`: where it lies, or will lie once it is
 * built; `backend`: the origin that it talks to.
 */
export function serveWebApp(folder: string | null, backend: string | null): Hono {
  const headers = {
    'content-security-policy': policy(backend),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
  };
  const app = new Hono();
  const send = async (path: string) => {
    const bytes = folder === null ? null : await readFile(join(folder, path)).catch(() => null);
    if (bytes === null) return new Response('Not found', { status: 404 });
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    return new Response(new Uint8Array(bytes), { headers: { ...headers, 'content-type': type } });
  };
  app.get('/app', (context) => context.redirect('/app/'));
  app.get('/app/', () => send('index.html'));
  app.get('/app/assets/:name', ({ req }) => {
    const name = req.param('name');
    return NAME.test(name) ? send(join('assets', name)) : new Response('Not found', { status: 404 });
  });
  return app;
}

function policy(backend: string | null): string {
  const origins = backend === null ? '' : ` ${backend} ${backend.replace(/^http/, 'ws')}`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "worker-src 'self'",
    "img-src 'self' data: blob:",
    'media-src blob:',
    `connect-src 'self'${origins}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
