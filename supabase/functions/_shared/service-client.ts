import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { readProject } from './project.ts';

/** A client with the rights of the service role, which this folder alone may use. Throws when the environment has no URL or secret key. */
export function createServiceClient(): SupabaseClient {
  const { url, secretKey } = readProject();
  return createClient(url, secretKey, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  });
}
