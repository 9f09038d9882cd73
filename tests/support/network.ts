import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The network between one browser and the server, in the hands of a test. */
export interface Network {
  readonly url: string;
  /** Nothing gets through any more, and what is open breaks. */
  cut(): void;
  /** Requests get through, but no websocket does. */
  cutSockets(): void;
  restore(): void;
  /** From the next request whose first line contains this text on, requests reach the server but answers get lost. Resolves when one was lost. */
  loseAnswerTo(text: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startNetwork(target: string): Promise<Network> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const websockets = new Set<Socket>();
  let whole = true;
  let withSockets = true;
  let lost: { readonly text: string; done(): void } | null = null;

  const server = createServer((client) => {
    if (!whole) {
      client.destroy();
      return;
    }
    const upstream = connect(Number(port), hostname);
    let loses = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        websockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (chunk) => {
      if (lost !== null && chunk.includes(lost.text)) loses = true;
      if (chunk.includes('/realtime/v1/websocket')) {
        if (!withSockets) {
          client.destroy();
          return;
        }
        websockets.add(client);
      }
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      if (!loses) {
        client.write(chunk);
        return;
      }
      lost?.done();
      lost = null;
      client.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      whole = false;
      for (const socket of sockets) socket.destroy();
    },
    cutSockets() {
      withSockets = false;
      for (const socket of websockets) socket.destroy();
    },
    restore() {
      whole = true;
      withSockets = true;
    },
    loseAnswerTo: (text) =>
      new Promise((resolve) => {
        lost = { text, done: resolve };
      }),
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
