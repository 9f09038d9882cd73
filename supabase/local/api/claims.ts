import { decodeJwt, type JWTPayload, SignJWT } from 'jose';
import type { Pool } from 'pg';
import { rememberMethods } from './sign-in-methods.ts';

interface Session {
  readonly access_token: string;
  readonly user: { readonly app_metadata?: unknown; readonly user_metadata?: unknown; readonly phone?: string };
}

export interface ClaimsOptions {
  readonly pool: Pool;
  readonly issuer: string;
  readonly jwtSecret: string;
}

/** How somebody proved who they are; null for a refresh, which proves nothing new. */
export type Method = 'password' | 'otp' | null;

/**
 * Puts the claims that hosted tokens carry and lite's lack into the token of an answer that holds a session. Other answers pass
 * unchanged.
 */
export async function completeClaims(response: Response, method: Method, options: ClaimsOptions): Promise<Response> {
  if (!response.ok || !response.headers.get('content-type')?.includes('json')) return response;
  const body: unknown = await response.json();
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  const complete = isSession(body) ? { ...body, access_token: await sign(body, method, options) } : body;
  return Response.json(complete, { status: response.status, headers });
}

async function sign({ access_token, user }: Session, method: Method, options: ClaimsOptions): Promise<string> {
  const claims = decodeJwt(access_token);
  const session = String(claims.session_id);
  const complete: JWTPayload = {
    ...claims,
    iss: options.issuer,
    phone: user.phone ?? '',
    app_metadata: user.app_metadata ?? {},
    user_metadata: user.user_metadata ?? {},
    aal: 'aal1',
    amr: await rememberMethods(options.pool, session, method),
    is_anonymous: false,
  };
  const key = new TextEncoder().encode(options.jwtSecret);
  return new SignJWT(complete).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(key);
}

function isSession(body: unknown): body is Session {
  if (typeof body !== 'object' || body === null) return false;
  return 'access_token' in body && typeof body.access_token === 'string' && 'user' in body;
}
