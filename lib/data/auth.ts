import { AuthClient } from '@supabase/supabase-js';
import * as v from 'valibot';
import { type FailureCode, FailureError, failure } from '../model/failure.ts';
import { classify, classifyCode, classifyStatus } from './classify.ts';
import { createFetch, type FetchOptions } from './fetch.ts';
import { parseRow } from './wire/rows.ts';
import { authErrorRow, type IssuedSession, sessionRow } from './wire/session.ts';

export interface AuthOptions extends FetchOptions {
  readonly url: string;
  readonly publishableKey: string;
}

/** Supabase Auth without a memory: sessions go out to the caller, who keeps and refreshes them. */
export interface Auth {
  /** Null when the project wants the address confirmed first: a code was sent. */
  signUp(email: string, password: string): Promise<IssuedSession | null>;
  signIn(email: string, password: string): Promise<IssuedSession>;
  /** Sends a code; whoever is new is signed up by using it. */
  requestCode(email: string): Promise<void>;
  verifyCode(email: string, code: string): Promise<IssuedSession>;
  /** Fails with `signed_out` when the session was revoked. */
  refresh(refreshToken: string): Promise<IssuedSession>;
  /** Ends this session alone. */
  signOut(accessToken: string): Promise<void>;
}

export function createAuth({ url, publishableKey, ...options }: AuthOptions): Auth {
  const reach = createFetch(options);
  const headers = { apikey: publishableKey, authorization: `Bearer ${publishableKey}` };
  const library = new AuthClient({
    url: `${url}/auth/v1`,
    headers,
    fetch: reach,
    autoRefreshToken: false,
    persistSession: false,
    detectSessionInUrl: false,
    skipAutoInitialize: true,
  });

  return {
    async signUp(email, password) {
      const { data, error } = await library.signUp({ email, password });
      if (error !== null) throw new FailureError(classify(error));
      // Where addresses are confirmed, a taken one is told by an empty list instead of an error.
      if (data.user?.identities?.length === 0) throw new FailureError(failure('email_taken'));
      return data.session === null ? null : parseRow(sessionRow, data.session);
    },

    async signIn(email, password) {
      return issued(await library.signInWithPassword({ email, password }));
    },

    async requestCode(email) {
      const { error } = await library.signInWithOtp({ email, options: { shouldCreateUser: true } });
      if (error !== null) throw new FailureError(classify(error));
    },

    async verifyCode(email, token) {
      return issued(await library.verifyOtp({ email, token, type: 'email' }), { email_invalid: 'wrong_code' });
    },

    /**
     * Not the library's refresh: after half a minute of retries that one answers from a cache of the failure for a minute, and
     * whoever comes out of a tunnel would wait for it. Here each call is one attempt, and the hub decides when to try again.
     */
    async refresh(refreshToken) {
      const response = await reach(`${url}/auth/v1/token?grant_type=refresh_token`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ refresh_token: refreshToken }),
      });
      const body: unknown = await response.json().catch(() => null);
      if (response.ok) return parseRow(sessionRow, body);
      throw new FailureError(refusal(response.status, body));
    },

    async signOut(accessToken) {
      const { error } = await library.admin.signOut(accessToken, 'local');
      if (error !== null) throw new FailureError(classify(error));
    },
  };
}

interface Answer {
  readonly data: { readonly session: unknown };
  readonly error: unknown;
}

function issued({ data, error }: Answer, rename: Partial<Record<FailureCode, FailureCode>> = {}): IssuedSession {
  if (error === null) return parseRow(sessionRow, data.session);
  const found = classify(error);
  throw new FailureError(rename[found.code] === undefined ? found : failure(rename[found.code] ?? found.code));
}

/** A refused refresh: the session is gone, whatever the reason, unless the server only could not answer now. */
function refusal(status: number, body: unknown) {
  const parsed = v.safeParse(authErrorRow, body);
  const code = parsed.success ? (parsed.output.error_code ?? String(parsed.output.code ?? '')) : '';
  const known = classifyCode(code, code);
  if (known.code !== 'unknown') return known;
  if (status >= 500) return failure('unreachable');
  return status === 429 ? classifyStatus(status) : failure('signed_out');
}
