import { errors, type JWTPayload, jwtVerify } from 'jose';
import { Refusal } from './refusal.ts';

const ROLES = ['anon', 'authenticated', 'service_role'] as const;
export type Role = (typeof ROLES)[number];

/** Whom a request is from, as the policies see it. `exp` is in seconds; a project's key has none. */
export type Claims = JWTPayload & { readonly role: Role };

export interface TokenVerifier {
  /** Throws a Refusal when the token is malformed, not signed by this project, expired, or for no role of the API. */
  verify(token: string): Promise<Claims>;
}

export function createTokenVerifier({ jwtSecret }: { jwtSecret: string }): TokenVerifier {
  const secret = new TextEncoder().encode(jwtSecret);
  return {
    async verify(token) {
      // The one place that knows keys: asymmetric ones (ES256 from a JWKS) join here as a function of the header.
      const { payload } = await jwtVerify(token, secret, { algorithms: ['HS256'] }).catch(refuse);
      const { role, exp } = payload;
      if (!isRole(role) || exp === undefined) {
        throw new Refusal('InvalidJWTToken', 'Fields `role` and `exp` are required in JWT');
      }
      return { ...payload, role };
    },
  };
}

/** The sentence for a token whose time was up `exp` (seconds). */
export function tokenExpired(exp: number): Refusal {
  const seconds = Math.max(0, Math.floor(Date.now() / 1000) - exp);
  return new Refusal('InvalidJWTToken', `Token has expired ${seconds} seconds ago`);
}

function isRole(role: unknown): role is Role {
  return ROLES.some((known) => known === role);
}

function refuse(error: unknown): never {
  if (error instanceof errors.JWTExpired) throw tokenExpired(Number(error.payload.exp));
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JOSEAlgNotAllowed) {
    throw new Refusal('JwtSignatureError', 'Failed to validate JWT signature');
  }
  if (error instanceof errors.JOSEError) throw new Refusal('MalformedJWT', 'The token provided is not a valid JWT');
  throw error;
}
