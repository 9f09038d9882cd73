import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { onTestFinished } from 'vitest';
import type { Person } from './people.ts';
import type { TestServer } from './server.ts';

/** Signed in as that person, with the client that the product uses. Closed when the test ends. */
export async function connect(
  { url, key }: Pick<TestServer, 'url' | 'key'>,
  { token }: Pick<Person, 'token'>,
): Promise<SupabaseClient> {
  const client = createClient(url, key, { accessToken: async () => token });
  onTestFinished(async () => {
    await client.removeAllChannels();
    await client.realtime.disconnect();
  });
  // A join that goes out before the token is known goes out as nobody.
  await client.realtime.setAuth();
  return client;
}
