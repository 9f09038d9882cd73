import { App, InMemoryEmailDriver } from '@supabase/lite';
import { createPostgresConnection, type PostgresConnection } from '@supabase/lite/postgres';
import type { Keys } from '../keys.ts';
import { toPostgrestError } from './errors.ts';
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

/** @supabase/lite on Postgres, for /rest/v1 and /auth/v1, with those of its gaps closed that lie at the database. */
export function createLite({ adminUrl, keys, url, jwtExpirySeconds }: LiteOptions): Lite {
  const connection = createPostgresConnection({
    url: adminUrl,
    postgresOptions: {
      max: 10,
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
  mapErrors(connection);
  const mail = new InMemoryEmailDriver({ maxKeepCount: 500 });
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
    fetch: async (request) => app.fetch(request, { peerAddress: '127.0.0.1' }),
    mail,
    stop: () => connection.close(),
  };
}

/**
 * At its first request lite grants everything on all tables to the API's roles, which would undo every revoke and column grant of
 * the migrations. It skips that when it believes to have done it. tests/database/grants-canary.test.ts watches over this.
 */
function keepGrants(connection: PostgresConnection): void {
  (connection as unknown as { rlsState: 'active' }).rlsState = 'active';
}

/** lite answers 500 without details for errors that PostgREST maps; an error of code PGRST it passes on as it is. */
function mapErrors(connection: PostgresConnection): void {
  const withContext = connection.withContext.bind(connection);
  connection.withContext = async (vars, run, options) => {
    try {
      return await withContext(vars, run, options);
    } catch (error) {
      throw toPostgrestError(error);
    }
  };
}
