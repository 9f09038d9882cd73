import { App, InMemoryEmailDriver } from '@supabase/lite';
import { createPostgresConnection } from '@supabase/lite/postgres';
import type { Keys } from '../keys.ts';
import { runRequest } from './lite-request.ts';
import { REUSE_INTERVAL } from './refresh.ts';
import { guardStatements, keepGrants } from './seam.ts';
import type { Statements } from './statements.ts';

export interface LiteOptions {
  readonly statements: Statements;
  readonly keys: Keys;
  /** Origin of the gateway. */
  readonly url: string;
  readonly jwtExpirySeconds: number;
}

export interface Lite {
  fetch(request: Request): Promise<Response>;
  readonly mail: InMemoryEmailDriver;
}

const MAILS_KEPT = 500;
/** As in supabase/config.toml. */
const SUBJECT = 'Your code for Sideroom';

/** @supabase/lite for /rest/v1 and /auth/v1, with those of its gaps closed that lie at the database. */
export function createLite({ statements, keys, url, jwtExpirySeconds }: LiteOptions): Lite {
  const connection = createPostgresConnection({});
  // lite asks its driver for connections and nothing else; ours are given out in its place, and its own never connects.
  Object.assign(connection.driver, statements);
  keepGrants(connection);
  guardStatements(connection);
  const mail = new InMemoryEmailDriver({ maxKeepCount: MAILS_KEPT });
  const app = new App({
    connection,
    api: { schemas: ['public'], max_rows: 1000 },
    auth: {
      enabled: true,
      jwt_secret: keys.jwtSecret,
      jwt_expiry: jwtExpirySeconds,
      site_url: url,
      publishable_key: keys.publishableKey,
      secret_key: keys.secretKey,
      minimum_password_length: 8,
      enable_refresh_token_rotation: true,
      refresh_token_reuse_interval: REUSE_INTERVAL,
      email: {
        enable_signup: true,
        enable_confirmations: false,
        otp_length: 6,
        otp_expiry: 3600,
        template: { magic_link: { subject: SUBJECT }, confirmation: { subject: SUBJECT } },
      },
    },
    storage: { enabled: false },
    studio: { enabled: false },
    options: { drivers: { email: mail }, server: { admin: false, disableStudio: true } },
  });
  return {
    fetch: (request) => runRequest(async () => app.fetch(request, { peerAddress: '127.0.0.1' })),
    mail,
  };
}
