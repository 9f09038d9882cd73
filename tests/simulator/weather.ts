import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import type { Chance } from './random.ts';
import { type Change, changeOf, type Heard, readBroadcast } from './wire.ts';

/** The way between one browser and the server, as bad as it is made. */
export interface Weather {
  readonly url: string;
  /** Every change that the server sent to this browser, whatever became of it on the way. */
  readonly heard: readonly Heard[];
  /** `storm`: requests, answers and events get lost, events come late, twice and in another order. `away`: nothing gets through. */
  set(state: 'fair' | 'storm' | 'away'): void;
  /** Breaks what is open; what is opened afterwards holds. */
  drop(): void;
  /** Whatever the weather: the next change of this chat gets lost. Resolves when it was. */
  loseChange(chatId: string): Promise<void>;
  stop(): Promise<void>;
}

const LOST_BEFORE = 0.06;
const LOST_AFTER = 0.06;
const LOST_EVENT = 0.05;
const TWICE = 0.15;
const LATE = 0.3;
const LATEST_MS = 250;

/** Every fault is drawn from `chance`; each message of a socket is one event or one answer of Realtime. */
export async function startWeather(target: string, chance: Chance): Promise<Weather> {
  let state: 'fair' | 'storm' | 'away' = 'fair';
  const sockets = new Set<Socket>();
  const heard: Heard[] = [];
  const toLose = new Map<string, () => void>();
  const stormy = (share: number) => state === 'storm' && chance.hits(share);
  const delay = () => (stormy(LATE) ? chance.below(LATEST_MS) : 0);

  const server = createServer((incoming, answer) => {
    if (state === 'away' || stormy(LOST_BEFORE)) return void incoming.socket.destroy();
    const isLost = stormy(LOST_AFTER);
    setTimeout(() => forward(incoming, answer, isLost), delay());
  });

  function forward(incoming: IncomingMessage, answer: ServerResponse, isLost: boolean): void {
    const options = { method: incoming.method, headers: incoming.headers };
    const outgoing = request(new URL(incoming.url ?? '/', target), options, (response) => {
      // The server has done it; nobody is told.
      if (isLost || state === 'away') return void incoming.socket.destroy();
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
      response.on('error', () => incoming.socket.destroy());
    });
    outgoing.on('error', () => incoming.socket.destroy());
    incoming.pipe(outgoing);
  }

  const acceptor = new WebSocketServer({ noServer: true });
  server.on('upgrade', (incoming, socket, head) => {
    if (state === 'away') return void socket.destroy();
    acceptor.handleUpgrade(incoming, socket, head, (client) => relay(client, incoming.url ?? '/'));
  });

  function relay(client: WebSocket, path: string): void {
    const upstream = new WebSocket(new URL(path, target.replace('http', 'ws')));
    const early: [RawData, boolean][] = [];
    for (const socket of [client, upstream]) {
      socket.on('error', () => {});
      socket.on('close', () => {
        client.terminate();
        upstream.terminate();
      });
    }
    upstream.on('open', () => {
      for (const [data, binary] of early.splice(0)) upstream.send(data, { binary });
    });
    client.on('message', (data, binary) => {
      if (upstream.readyState === WebSocket.OPEN) upstream.send(data, { binary });
      else early.push([data, binary]);
    });
    upstream.on('message', (data, binary) => {
      const send = () => client.readyState === WebSocket.OPEN && client.send(data, { binary });
      const broadcast = readBroadcast(data, binary);
      if (broadcast === null) return void send();
      const change = changeOf(broadcast);
      if (change !== null) heard.push({ ...change, at: Date.now() });
      if (change !== null && isToBeLost(change)) return;
      for (let copies = stormy(TWICE) ? 2 : 1; copies > 0; copies--) {
        const wait = delay();
        if (wait === 0) send();
        else setTimeout(send, wait);
      }
    });
  }

  function isToBeLost({ chatId }: Change): boolean {
    const lose = toLose.get(chatId);
    toLose.delete(chatId);
    lose?.();
    return lose !== undefined || stormy(LOST_EVENT);
  }

  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    if (state === 'away') socket.destroy();
  });
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set(next) {
      state = next;
      if (next === 'away') drop();
    },
    heard,
    drop,
    loseChange: (chatId) => new Promise((resolve) => toLose.set(chatId, resolve)),
    async stop() {
      drop();
      acceptor.close();
      server.close();
      await once(server, 'close');
    },
  };
}
