import { SignJWT } from 'jose';
import { afterAll } from 'vitest';
import { createLite } from '../../../supabase/local/api/lite.ts';
import { createStatements, type Statements } from '../../../supabase/local/api/statements.ts';
import { openPool } from '../../../supabase/local/pool.ts';
import type { Actor } from './actors.ts';
import type { Outcome } from './attempt.ts';

/** One request to the tables' API, below `/rest/v1/`. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
}

/** Tries a request as somebody, with their token, and undoes what it did: how many rows came of it, or the code of the refusal. */
export type ApiAttempt = (actor: Actor, request: ApiRequest) => Promise<Outcome>;

const URL_OF_IT = 'http://api.test';
const KEYS = {
  jwtSecret: 'a secret of this test alone, long enough',
  publishableKey: 'sb_publishable_test',
  secretKey: 'sb_secret_test',
  databasePassword: '',
};

/** The embedded API over a test's own database, with each request's transaction rolled back at its end. */
export function useApi(adminUrl: string): ApiAttempt {
  const pool = openPool({ connectionString: adminUrl, max: 4 });
  afterAll(() => pool.end());
  const lite = createLite({
    statements: undone(createStatements(pool)),
    keys: KEYS,
    url: URL_OF_IT,
    jwtExpirySeconds: 3600,
  });

  return async (actor, { method, path, body }) => {
    const headers = {
      ...(await credentials(actor)),
      'content-type': 'application/json',
      prefer: 'return=minimal,count=exact',
    };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await lite.fetch(new Request(`${URL_OF_IT}/rest/v1/${path}`, init));
    return outcomeOf(response);
  };
}

function undone(statements: Statements): Statements {
  return {
    ...statements,
    async reserve() {
      const connection = await statements.reserve();
      return {
        unsafe: (text, parameters) => connection.unsafe(/^\s*commit\b/i.test(text) ? 'rollback' : text, parameters),
        release: () => connection.release(),
      };
    },
  };
}

async function credentials(actor: Actor): Promise<Record<string, string>> {
  if (actor.role === 'anon') return { apikey: KEYS.publishableKey };
  if (actor.role === 'service_role') return { apikey: KEYS.secretKey, authorization: `Bearer ${KEYS.secretKey}` };
  const token = await new SignJWT({ role: 'authenticated', sub: actor.id, aud: 'authenticated' })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt()
    .setExpirationTime('1 hour')
    .sign(new TextEncoder().encode(KEYS.jwtSecret));
  return { apikey: KEYS.publishableKey, authorization: `Bearer ${token}` };
}

async function outcomeOf(response: Response): Promise<Outcome> {
  const text = await response.text();
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  if (!response.ok) return (body as { code?: string } | undefined)?.code ?? `HTTP ${response.status}`;
  const counted = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
  if (counted !== undefined) return Number(counted);
  return Array.isArray(body) ? body.length : 1;
}
