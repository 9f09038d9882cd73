import postgres from 'postgres';
import { createAdmin } from './admin.ts';
import { completeClaims, type Method } from './claims.ts';
import { createLite, type LiteOptions } from './lite.ts';
import { verifyCode } from './one-time-code.ts';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** ISO 8601. */
  readonly sentAt: string;
}

export interface Api {
  /** Answers /rest/v1/* and /auth/v1/*. */
  fetch(request: Request): Promise<Response>;
  /** What would have been mailed, newest first. */
  mails(): Mail[];
  stop(): Promise<void>;
}

/** PostgREST and Auth as the product uses them: @supabase/lite with its gaps closed, one file each. */
export function createApi(options: LiteOptions): Api {
  const { keys, url, adminUrl } = options;
  const lite = createLite(options);
  const sql = postgres(adminUrl, { max: 2, connect_timeout: 5, backoff: () => 0.1, onnotice: () => undefined });
  const claims = { sql, issuer: `${url}/auth/v1`, jwtSecret: keys.jwtSecret };
  const admin = createAdmin({ sql, secretKey: keys.secretKey, signUp });

  function signUp(body: object): Promise<Response> {
    const headers = { apikey: keys.publishableKey, 'content-type': 'application/json' };
    return lite.fetch(new Request(`${url}/auth/v1/signup`, { method: 'POST', headers, body: JSON.stringify(body) }));
  }

  return {
    async fetch(request) {
      const { pathname, searchParams } = new URL(request.url);
      if (pathname.startsWith('/auth/v1/admin/')) return admin.fetch(request);
      if (request.method !== 'POST') return lite.fetch(request);
      switch (pathname) {
        case '/auth/v1/verify':
          return completeClaims(await verifyCode(request, lite.fetch), 'otp', claims);
        case '/auth/v1/signup':
          return completeClaims(await lite.fetch(request), 'password', claims);
        case '/auth/v1/token':
          return completeClaims(await lite.fetch(request), methodOf(searchParams.get('grant_type')), claims);
        default:
          return lite.fetch(request);
      }
    },
    mails() {
      const all = [...lite.mail.messages.values()].flat();
      return all
        .map(({ to, subject, text = '', sentAt }) => ({ to, subject, text, sentAt }))
        .sort((a, b) => b.sentAt.localeCompare(a.sentAt));
    },
    async stop() {
      await Promise.all([lite.stop(), sql.end({ timeout: 1 })]);
    },
  };
}

function methodOf(grant: string | null): Method {
  return grant === 'password' ? 'password' : null;
}
