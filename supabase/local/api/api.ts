import { openPool } from '../pool.ts';
import { createAdmin } from './admin.ts';
import { completeClaims } from './claims.ts';
import { createGuesses } from './guesses.ts';
import { createLite, type LiteOptions } from './lite.ts';
import { verifyCode } from './one-time-code.ts';
import { refresh } from './refresh.ts';
import { createStatements } from './statements.ts';

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

export interface ApiOptions extends Omit<LiteOptions, 'statements'> {
  /** Connection string of the superuser. */
  readonly adminUrl: string;
}

/** What hosted projects give the role authenticated; a statement that waits for ever would hold one of few connections. */
const STATEMENT_TIMEOUT_MS = 8_000;

/** PostgREST and Auth as the product uses them: @supabase/lite with its gaps closed, one file each. */
export function createApi(options: ApiOptions): Api {
  const { keys, url, adminUrl } = options;
  const pool = openPool({
    connectionString: adminUrl,
    max: 10,
    options: `-c TimeZone=UTC -c statement_timeout=${STATEMENT_TIMEOUT_MS}`,
  });
  const lite = createLite({ ...options, statements: createStatements(pool) });
  const claims = { pool, issuer: `${url}/auth/v1`, jwtSecret: keys.jwtSecret };
  const guesses = createGuesses();
  const admin = createAdmin({ pool, secretKey: keys.secretKey, signUp });

  function signUp(body: object): Promise<Response> {
    const headers = { apikey: keys.publishableKey, 'content-type': 'application/json' };
    return lite.fetch(new Request(`${url}/auth/v1/signup`, { method: 'POST', headers, body: JSON.stringify(body) }));
  }

  const issue = (request: Request, grant: string | null): Promise<Response> =>
    grant === 'refresh_token' ? refresh(request, lite.fetch, pool) : lite.fetch(request);

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
        case '/auth/v1/token': {
          const grant = searchParams.get('grant_type');
          if (grant === 'password')
            return completeClaims(await guesses.tryOne(() => lite.fetch(request)), 'password', claims);
          return completeClaims(await issue(request, grant), null, claims);
        }
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
    stop: () => pool.end(),
  };
}
