import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import type { Mail } from '../api/api.ts';
import { mailPage } from './mail-page.ts';
import { serveWebApp } from './web-app.ts';

const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

export interface PagesOptions {
  readonly mails: () => Mail[];
  /** Where the built web app lies, or will lie. */
  readonly webFolder?: string | null | undefined;
  /** Origin of the backend, where that is not this one. */
  readonly backend?: string | null;
}

/** The pages for people: one to try the panel on, the one invite links lead to, the web app, and the development inbox. */
export function servePages({ mails, webFolder = null, backend = null }: PagesOptions): Hono {
  const app = new Hono();
  app.route('/', serveWebApp(webFolder, backend));
  app.get('/', (context) => context.redirect('/welcome'));
  for (const name of ['welcome', 'join'] as const) {
    app.get(`/${name}`, (context) => context.html(read(`${name}.html`), 200, HEADERS));
  }
  app.get('/mail', (context) => context.html(mailPage(mails()), 200, HEADERS));
  app.get('/mail.json', (context) => context.json(mails(), 200, HEADERS));
  for (const [name, type] of [
    ['page.css', 'text/css'],
    ['mail.js', 'text/javascript'],
    ['join.js', 'text/javascript'],
  ] as const) {
    app.get(`/assets/${name}`, (context) => context.body(read(name), 200, { ...HEADERS, 'content-type': type }));
  }
  app.get('/favicon.ico', (context) => context.body(null, 204));
  return app;
}

function read(name: string): string {
  return readFileSync(new URL(`pages/${name}`, import.meta.url), 'utf8');
}
