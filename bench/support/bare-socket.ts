import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { BenchContext } from './bench.ts';
import type { ApiPerson } from './people.ts';

const HEARTBEAT = 25_000;

/** A websocket with no client library over it, on one topic. Resolves when the server has let the person in. */
export async function openBareSocket(
  { url, publishableKey }: Pick<BenchContext, 'url' | 'publishableKey'>,
  { client }: ApiPerson,
  topic: string,
  onBroadcast: (event: string, payload: unknown) => void,
): Promise<{ stop(): void }> {
  const { data } = await client.auth.getSession();
  const address = `${url.replace('http', 'ws')}/realtime/v1/websocket?apikey=${publishableKey}&vsn=1.0.0`;
  const socket = new WebSocket(address);
  await once(socket, 'open');
  const send = (to: string, event: string, payload: unknown) =>
    socket.send(JSON.stringify({ topic: to, event, payload, ref: '1', join_ref: '1' }));
  const joined = Promise.withResolvers<void>();
  socket.on('message', (text) => {
    const { event, payload } = JSON.parse(String(text));
    if (event === 'broadcast') onBroadcast(payload.event, payload.payload);
    else if (event === 'phx_reply' && payload.status === 'ok') joined.resolve();
    else if (event === 'phx_reply') joined.reject(new Error(JSON.stringify(payload)));
  });
  send(`realtime:${topic}`, 'phx_join', {
    config: { private: true },
    access_token: data.session?.access_token,
  });
  await joined.promise;
  const beat = setInterval(() => send('phoenix', 'heartbeat', {}), HEARTBEAT);
  return {
    stop() {
      clearInterval(beat);
      socket.terminate();
    },
  };
}
