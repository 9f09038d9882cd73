import type { RealtimeChannel, SupabaseClient } from '@supabase/supabase-js';

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
