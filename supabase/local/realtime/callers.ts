import { createHash, timingSafeEqual } from 'node:crypto';
import type { Claims, TokenVerifier } from './claims.ts';
import { Refusal } from './refusal.ts';

/** Whom a policy is asked about: the claims, and the `x-…` headers of the request that it can read. */
export interface Caller {
  readonly claims: Claims;
  readonly headers: Readonly<Record<string, string>>;
}

export interface CallerOptions {
  readonly publishableKey: string;
  readonly secretKey: string;
  readonly verifier: TokenVerifier;
}

export interface Callers {
  /** Claims of a project key, or null for any other string. */
  ofKey(key: string): Claims | null;
  /** Claims of a credential: a token, or a project key. Throws a Refusal. */
  ofCredential(credential: string): Promise<Claims>;
}

export function createCallers({ publishableKey, secretKey, verifier }: CallerOptions): Callers {
  function ofKey(key: string): Claims | null {
    if (isSame(key, publishableKey)) return { role: 'anon' };
    if (isSame(key, secretKey)) return { role: 'service_role' };
    return null;
  }
  return {
    ofKey,
    async ofCredential(credential) {
      if (!isKey(credential)) return verifier.verify(credential);
      const claims = ofKey(credential);
      if (claims === null) throw new Refusal('Unauthorized', 'Invalid API key');
      return claims;
    },
  };
}

/** Project keys are opaque and never tokens. */
export function isKey(credential: string): boolean {
  return credential.startsWith('sb_');
}

/** The headers that policies may read; nothing else of a request reaches the database. */
export function readableHeaders(entries: Iterable<[string, unknown]>): Record<string, string> {
  const readable: Record<string, string> = {};
  for (const [name, value] of entries) {
    if (name.startsWith('x-') && name !== 'x-api-key' && typeof value === 'string') readable[name] = value;
  }
  return readable;
}

function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
