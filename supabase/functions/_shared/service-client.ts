import { resolveEnv } from '@supabase/server/core';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';

/** A client with the rights of the service role, which this folder alone may use. Throws when the environment has no URL or secret key. */
export function createServiceClient(): SupabaseClient {
  const { data: env, error } = resolveEnv();
  if (error) throw error;
  const secretKey = env.secretKeys.default ?? Object.values(env.secretKeys)[0];
  if (secretKey === undefined) throw new Error('SUPABASE_SECRET_KEYS holds no key');
  return createClient(env.url, secretKey, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  });
}
