import { errors, type JWTPayload, jwtVerify } from 'jose';
import { StorageFailure } from './failure.ts';

/** On whose behalf SQL runs: the role and claims that policies see. */
export interface Caller {
  readonly role: 'anon' | 'authenticated' | 'service_role';
  readonly claims: JWTPayload;
}

const ANONYMOUS: Caller = { role: 'anon', claims: { role: 'anon' } };
export const SERVICE: Caller = { role: 'service_role', claims: { role: 'service_role' } };

export interface CallerKeys {
  readonly jwtSecret: Uint8Array;
  readonly publishableKey: string;
  readonly secretKey: string;
}

/**
 * Who asks. A token decides when there is one; otherwise the API key does (clients without a session send the key in both places).
 * Rejects with `InvalidJWT` or `AccessDenied`; a request with no credentials at all is anonymous.
 */
export async function identifyCaller(request: Request, keys: CallerKeys): Promise<Caller> {
  const token = (request.headers.get('authorization') ?? '').replace(/^Bearer\s+/i, '');
  const apiKey = request.headers.get('apikey') ?? '';
  if (token !== '' && !token.startsWith('sb_')) return verifyToken(token, keys.jwtSecret);
  const key = token === '' ? apiKey : token;
  if (key === keys.secretKey) return SERVICE;
  if (key === keys.publishableKey || key === '') return ANONYMOUS;
  throw new StorageFailure('AccessDenied', 'Invalid API key');
}

async function verifyToken(token: string, secret: Uint8Array): Promise<Caller> {
  try {
    const { payload } = await jwtVerify(token, secret, { algorithms: ['HS256'] });
    const role = payload.role;
    // The role becomes the database role: a signature alone must not open any other one.
    if (role === 'anon' || role === 'authenticated' || role === 'service_role') return { role, claims: payload };
    throw new StorageFailure('AccessDenied', 'Invalid role');
  } catch (error) {
    if (error instanceof errors.JOSEError) throw new StorageFailure('AccessDenied', error.message, { cause: error });
    throw error;
  }
}
