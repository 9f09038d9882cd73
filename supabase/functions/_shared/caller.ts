import { extractCredentials, resolveEnv, verifyCredentials } from '@supabase/server/core';
import * as v from 'valibot';
import { DatabaseError } from './database.ts';

export type Caller =
  | { readonly kind: 'user'; readonly id: string; readonly token: string }
  /** Holds the project's secret key: the scheduler, or another function. */
  | { readonly kind: 'service' }
  | { readonly kind: 'anonymous' };

const ANONYMOUS: Caller = { kind: 'anonymous' };
const AUTH_TIMEOUT_MS = 5_000;

/**
 * Who calls, proved here and never taken from the gateway (its own check lets any holder of the public key through). A token decides
 * when there is one: a bad one makes the caller anonymous, even beside a good secret key. Throws DatabaseError `unreachable` when the
 * proof cannot be had now.
 */
export async function identifyCaller(request: Request): Promise<Caller> {
  const { token, apikey } = extractCredentials(request);
  if (token === null || token.startsWith('sb_')) {
    const { data, error } = await verifyCredentials({ token: null, apikey: apikey ?? token }, { auth: 'secret:*' });
    if (error !== null && error.status >= 500) throw error;
    return data === null ? ANONYMOUS : { kind: 'service' };
  }
  const id = isSharedSecret(token) ? await askAuth(token) : await verifyByKeySet(token);
  return id === null ? ANONYMOUS : { kind: 'user', id, token };
}

/** Projects with signing keys: proved by the project's public key set, without a request per call. */
async function verifyByKeySet(token: string): Promise<string | null> {
  const { data, error } = await verifyCredentials({ token, apikey: null }, { auth: 'user', audience: 'authenticated' });
  if (error !== null && error.status >= 500) throw error.code === 'JWKS_FETCH_FAILED' ? unreachable() : error;
  return data?.userClaims?.id ?? null;
}

const AuthUser = v.object({ id: v.pipe(v.string(), v.uuid()), aud: v.literal('authenticated') });

/** Projects that sign with a shared secret, which a function does not hold: Auth itself is asked, and refuses ended sessions too. */
async function askAuth(token: string): Promise<string | null> {
  const { data: project, error } = resolveEnv();
  if (error !== null) throw error;
  let response: Response;
  try {
    response = await fetch(`${project.url}/auth/v1/user`, {
      headers: { apikey: project.publishableKeys.default ?? '', authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(AUTH_TIMEOUT_MS),
    });
  } catch {
    // fetch rejects only when no answer came: no connection, or none in time.
    throw unreachable();
  }
  if (response.status >= 500 || response.status === 429) {
    await response.body?.cancel();
    throw unreachable();
  }
  const user = v.safeParse(AuthUser, await response.json());
  return response.ok && user.success ? user.output.id : null;
}

/** The algorithm decides only who is asked for the proof; a forged header gains nothing from either. */
function isSharedSecret(token: string): boolean {
  const [header = ''] = token.split('.');
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), v.object({ alg: v.string() })), decode(header));
  return parsed.success && parsed.output.alg.startsWith('HS');
}

function decode(base64url: string): string {
  const base64 = base64url.replaceAll('-', '+').replaceAll('_', '/');
  return /^[A-Za-z0-9+/]*$/.test(base64) && base64.length % 4 !== 1 ? atob(base64) : '';
}

function unreachable(): DatabaseError {
  return new DatabaseError('unreachable', 'the caller cannot be verified now', null);
}
