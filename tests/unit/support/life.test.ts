import 'fake-indexeddb/auto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { openStore } from '../../../lib/data/store/store.ts';
import { newId } from '../../../lib/model/ids.ts';
import { beginLife } from '../../support/life.ts';

test('a life that ends takes its timers along, those of later turns too, and no others', async () => {
  const life = beginLife();
  const heard: string[] = [];
  life.run(() => {
    setTimeout(() => heard.push('soon'), 20);
    setInterval(() => heard.push('again'), 20);
    void Promise.resolve().then(() => setTimeout(() => heard.push('later'), 20));
  });
  setTimeout(() => heard.push('another life'), 20);
  await Promise.resolve();
  life.end();
  life.run(() => setTimeout(() => heard.push('after the end'), 1));
  life.bind(() => heard.push('listener'))();
  await sleep(60);
  expect(heard).toEqual(['another life']);
});

test('a transaction is undone, and what was waited for never comes', async () => {
  const name = newId();
  const life = beginLife();
  const store = openStore(name);
  const heard: string[] = [];
  const put = life.run(() =>
    life.hold(store).write(['avatars'], async (transaction) => {
      const avatars = transaction.objectStore('avatars');
      await avatars.put({ path: 'first', dataUrl: '', storedAt: 0 });
      heard.push('first');
      life.end();
      await avatars.put({ path: 'second', dataUrl: '', storedAt: 0 });
      heard.push('second');
    }),
  );
  put.then(
    () => heard.push('stored'),
    () => heard.push('refused'),
  );
  await sleep(30);
  await store.close();
  const next = openStore(name);
  const left = await next.read(['avatars'], (transaction) => transaction.objectStore('avatars').count());
  expect({ heard, left }).toEqual({ heard: ['first'], left: 0 });
  await next.close();
});

test('requests and sockets break off without a word', async () => {
  const server = createServer(() => {});
  const connections: Socket[] = [];
  server.on('connection', (socket) => connections.push(socket));
  const acceptor = new WebSocketServer({ server });
  server.listen(0);
  await once(server, 'listening');
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const life = beginLife();
  const heard: string[] = [];
  const socket = life.run(() => new WebSocket(`ws://${address}`));
  socket.onclose = () => heard.push('closed');
  socket.onerror = () => heard.push('error');
  const [client] = await once(acceptor, 'connection');
  const asked = once(server, 'request');
  const settle = () => heard.push('settled');
  life.run(() => fetch(`http://${address}`)).then(settle, settle);
  await asked;
  life.end();
  // No close frame: 1006 is what a broken connection looks like.
  const [code] = await once(client, 'close');
  await Promise.all(connections.map((connection) => connection.destroyed || once(connection, 'close')));
  expect({ code, heard }).toEqual({ code: 1006, heard: [] });
  server.close();
});
