import { resolveEnv } from '@supabase/server/core';

/** The project this function belongs to, and the key to all of it. Throws when the environment has no URL or secret key. */
export function readProject(): { readonly url: string; readonly secretKey: string } {
  const { data: env, error } = resolveEnv();
  if (error) throw error;
  const secretKey = env.secretKeys.default ?? Object.values(env.secretKeys)[0];
  if (secretKey === undefined) throw new Error('SUPABASE_SECRET_KEYS holds no key');
  return { url: env.url, secretKey };
}
