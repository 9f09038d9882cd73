import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openReplicationStream } from '../../../supabase/local/realtime/replication-stream.ts';

test('who stops while the connection is being made does not wait for a server that says nothing', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const stopping = new AbortController();
  const { port } = server.address() as AddressInfo;
  const opening = openReplicationStream(`postgresql://a:b@127.0.0.1:${port}/c`, () => undefined, stopping.signal);
  const [socket] = await accepted;
  socket.on('error', () => undefined).resume();
  stopping.abort();
  await expect(opening).rejects.toThrow('Connection terminated');
  socket.destroy();
});
