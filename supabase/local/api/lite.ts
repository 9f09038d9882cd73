import { App, InMemoryEmailDriver } from '@supabase/lite';
import { createPostgresConnection } from '@supabase/lite/postgres';
import type { Keys } from '../keys.ts';
import { runQuietly } from './quiet.ts';
import { guardStatements, keepGrants } from './seam.ts';
import { postgrestTimestamp } from './timestamps.ts';

export interface LiteOptions {
  readonly adminUrl: string;
  readonly keys: Keys;
  /** Origin of the gateway. */
  readonly url: string;
  readonly jwtExpirySeconds: number;
}

export interface Lite {
  fetch(request: Request): Promise<Response>;
  readonly mail: InMemoryEmailDriver;
  stop(): Promise<void>;
}

const TIMESTAMPTZ = 1184;
/** What hosted projects give the role authenticated; a statement that waits for ever would hold one of few connections. */
const STATEMENT_TIMEOUT_MS = 8_000;
const MAILS_KEPT = 500;

/** @supabase/lite on Postgres, for /rest/v1 and /auth/v1, with those of its gaps closed that lie at the database. */
export function createLite({ adminUrl, keys, url, jwtExpirySeconds }: LiteOptions): Lite {
  const connection = createPostgresConnection({
    url: adminUrl,
    postgresOptions: {
      max: 10,
      connect_timeout: 5,
      backoff: () => 0.1,
      onnotice: () => undefined,
      connection: { statement_timeout: STATEMENT_TIMEOUT_MS },
      types: {
        timestamptz: {
          to: TIMESTAMPTZ,
          from: [TIMESTAMPTZ],
          serialize: (value: unknown) => value,
          parse: postgrestTimestamp,
        },
      },
    },
  });
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
      refresh_token_reuse_interval: 10,
      email: { enable_signup: true, enable_confirmations: false, otp_length: 6, otp_expiry: 3600 },
    },
    storage: { enabled: false },
    studio: { enabled: false },
    options: { drivers: { email: mail }, server: { admin: false, disableStudio: true } },
  });
  return {
    fetch: (request) => runQuietly(async () => app.fetch(request, { peerAddress: '127.0.0.1' })),
    mail,
    stop: () => connection.close(),
  };
}
