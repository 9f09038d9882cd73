import { createClient, type RealtimeChannel, type SupabaseClient } from '@supabase/supabase-js';
import { onTestFinished } from 'vitest';
import { KEYS, type Person } from './people.ts';

/** Signed in as that person, with the client that the product uses. Closed when the test ends. */
export async function connect(url: string, { token }: Pick<Person, 'token'>): Promise<SupabaseClient> {
  const client = createClient(url, KEYS.publishableKey, { accessToken: async () => token });
  onTestFinished(async () => {
    await client.removeAllChannels();
    await client.realtime.disconnect();
  });
  // A join that goes out before the token is known goes out as nobody.
  await client.realtime.setAuth();
  return client;
}

/** Resolves when the channel is joined; rejects with the server's reason when it is refused. */
export function subscribe(channel: RealtimeChannel): Promise<RealtimeChannel> {
  return new Promise((resolve, reject) => {
    channel.subscribe((status, error) => {
      if (status === 'SUBSCRIBED') resolve(channel);
      else reject(error ?? new Error(status));
    });
  });
}

export interface Heard {
  readonly event: string;
  readonly payload: Record<string, unknown>;
  readonly meta?: { readonly id: string; readonly replayed?: boolean };
}

/** Everything that is broadcast on the channel from now on, in the order of arrival. */
export function listen(channel: RealtimeChannel): Heard[] {
  const heard: Heard[] = [];
  channel.on('broadcast', { event: '*' }, (message) => void heard.push(message as never));
  return heard;
}

/** Joins a private topic and listens. */
export async function hear(client: SupabaseClient, topic: string, broadcast: object = {}) {
  const channel = client.channel(topic, { config: { private: true, broadcast } });
  const heard = listen(channel);
  await subscribe(channel);
  return { channel, heard };
}
