import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as timer } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { createBackend } from '../../../lib/data/backend.ts';
import { joinUser } from '../../../lib/data/realtime.ts';

/** A server that answers nobody. */
async function serveNobody() {
  let tries = 0;
  const server = createServer((socket) => {
    tries++;
    socket.on('error', () => {});
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port, tries: () => tries };
}

test('a hub that was stopped opens no socket, not even by a try that was waiting for its token', async () => {
  const { server, port, tries } = await serveNobody();
  const end = new AbortController();
  const token = Promise.withResolvers<string>();
  let delays = 0;
  let isHeld = false;
  const backend = createBackend({
    url: `http://127.0.0.1:${port}`,
    publishableKey: 'key',
    signal: end.signal,
    onReach: () => {},
    tokens: { current: async () => (isHeld ? token.promise : 'token'), renew: async () => null },
    reconnectDelay() {
      delays++;
      return 1;
    },
  });
  const nothing = {
    onState() {},
    onMembership() {},
    onPresence() {},
    onRead() {},
    onLimit() {},
    onPagePresence() {},
    onPagePresenceChoice() {},
    onQuietHours() {},
    onGuardian() {},
    onBlocks() {},
  };
  joinUser(backend, 'ana', nothing);
  await vi.waitUntil(() => delays > 1);
  isHeld = true;
  // The try under way fails, and the next one comes to wait for the token.
  let before = -1;
  while (before !== delays) {
    before = delays;
    await timer(50);
  }
  const triesBefore = tries();
  end.abort();
  token.resolve('token');
  await timer(50);
  // Whatever was opened before this one has been counted by then.
  await once(connect(port, '127.0.0.1'), 'close');
  expect(tries()).toBe(triesBefore + 1);
  expect(delays).toBe(before);
  server.close();
});
