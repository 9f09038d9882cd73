import { createHmac } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import * as v from 'valibot';
import { StorageFailure } from './failure.ts';

/** What a signed URL allows: one act on one object. */
export type Grant =
  | { readonly scope: 'download'; readonly url: string }
  | { readonly scope: 'upload'; readonly url: string; readonly upsert: boolean; readonly ownerId: string | null };

const GrantSchema = v.variant('scope', [
  v.object({ scope: v.literal('download'), url: v.string(), exp: v.number() }),
  v.object({
    scope: v.literal('upload'),
    url: v.string(),
    exp: v.number(),
    upsert: v.boolean(),
    ownerId: v.nullable(v.string()),
  }),
]);

export interface Signer {
  sign(grant: Grant, seconds: number): Promise<string>;
  /** The grant, when the token gives just this act on just this object (`bucket/name`); rejects with `InvalidJWT` or `InvalidSignature`. */
  verify<S extends Grant['scope']>(
    token: string | null,
    scope: S,
    url: string,
  ): Promise<Extract<Grant, { scope: S }> & { readonly exp: number }>;
}

/** The key is derived, so that a token for a URL is never one for a session, nor the other way round. */
export function createSigner(jwtSecret: string): Signer {
  const key = createHmac('sha256', jwtSecret).update('storage signed url').digest();
  return {
    sign: (grant, seconds) =>
      new SignJWT({ ...grant })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuedAt()
        .setExpirationTime(`${seconds} s`)
        .sign(key),
    async verify<S extends Grant['scope']>(token: string | null, scope: S, url: string) {
      const grant = await readGrant(token ?? '', key);
      if (grant.scope !== scope) throw new StorageFailure('InvalidSignature', `Token is not scoped for ${scope}`);
      if (grant.url !== url) throw new StorageFailure('InvalidSignature', 'The URL does not match the signature');
      return grant as Extract<Grant, { scope: S }> & { readonly exp: number };
    },
  };
}

async function readGrant(token: string, key: Uint8Array): Promise<v.InferOutput<typeof GrantSchema>> {
  try {
    const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'] });
    return v.parse(GrantSchema, payload);
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof v.ValiError) {
      throw new StorageFailure('InvalidJWT', error.message, { cause: error });
    }
    throw error;
  }
}
