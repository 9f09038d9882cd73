import postgres from 'postgres';
import type { Keys } from '../keys.ts';
import { serveAdmin } from './admin.ts';
import { completeClaims } from './claims.ts';
import { createLite } from './lite.ts';
import { verifyCode } from './one-time-code.ts';
import { runQuietly } from './quiet.ts';
import { refuseForeignRole } from './roles.ts';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly sentAt: string;
}

export interface Api {
  /** Answers /rest/v1/* and /auth/v1/*. */
  fetch(request: Request): Promise<Response>;
  /** What was sent, newest first. */
  mails(): Mail[];
  stop(): Promise<void>;
}

/** PostgREST and Auth as the product uses them: @supabase/lite with its gaps closed, one file each. */
export function createApi(options: { adminUrl: string; keys: Keys; url: string; jwtExpirySeconds: number }): Api {
  const { keys, url, adminUrl } = options;
  const lite = createLite(options);
  const admin = postgres(adminUrl, { max: 2, onnotice: () => {} });
  const send = (request: Request) => runQuietly(() => lite.fetch(request));

  async function serveAuth(request: Request, path: string): Promise<Response> {
    const context = { issuer: `${url}/auth/v1`, jwtSecret: keys.jwtSecret };
    if (path === '/auth/v1/verify' && request.method === 'POST') {
      return completeClaims(await verifyCode(request, send), { ...context, method: 'otp' });
    }
    if (path === '/auth/v1/token' || path === '/auth/v1/signup')
      return completeClaims(await send(request), { ...context, method: 'password' });
    if (path.startsWith('/auth/v1/admin/'))
      return serveAdmin(request, { sql: admin, secretKey: keys.secretKey, signUp });
    return send(request);
  }

  function signUp(body: { email: string; password: string; data: unknown }): Promise<Response> {
    const headers = { apikey: keys.publishableKey, 'content-type': 'application/json' };
    return send(new Request(`${url}/auth/v1/signup`, { method: 'POST', headers, body: JSON.stringify(body) }));
  }

  return {
    async fetch(request) {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith('/auth/v1/')) return serveAuth(request, pathname);
      return refuseForeignRole(request) ?? send(request);
    },
    mails() {
      return [...lite.mail.messages.values()]
        .flat()
        .map(({ to, subject, text = '', sentAt }) => ({ to, subject, text, sentAt }))
        .sort((a, b) => b.sentAt.localeCompare(a.sentAt));
    },
    async stop() {
      await Promise.all([lite.stop(), admin.end({ timeout: 1 })]);
    },
  };
}
