import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { createAdaptorServer } from '@hono/node-server';
import { inUse } from '../postgres/port.ts';
import { unavailable } from '../unavailable.ts';
import { isAllowed } from './cors.ts';
import { FORBIDDEN_UPGRADE, TOO_MANY_UPGRADES, UNAVAILABLE_UPGRADE } from './refused-upgrade.ts';
import { createRoutes, type Parts, type RouteOptions } from './routes.ts';
import { createTurns } from './turns.ts';

export interface GatewayParts extends Parts {
  readonly realtime:
    | (Parts['realtime'] & { handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void })
    | null;
}

export interface GatewayOptions extends Pick<RouteOptions, 'mails' | 'webFolder' | 'keys' | 'log'> {
  /** 0: any free one. */
  readonly port: number;
  readonly parts: () => GatewayParts;
  /** Origins of extensions that may call. */
  readonly extensionOrigins: readonly string[];
}

export interface Gateway {
  readonly url: string;
  readonly port: number;
  /** Cuts every websocket without a word. */
  dropSockets(): void;
  /** Cuts all connections, and settles when the port is free. May be called again. */
  stop(): Promise<void>;
}

/**
 * The one origin of the embedded stack, on loopback. It can be there before the parts behind it and outlive them; what is away is
 * answered with 503. Rejects with a sentence when the port is taken.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const sockets = new Set<Duplex>();
  // The address is known once it listens, and the routes need it; no request is read before that.
  let fetch: ReturnType<typeof createRoutes> = async () => unavailable();
  const server = createAdaptorServer({
    fetch: (request, { incoming }) => fetch(request, { address: incoming.socket.remoteAddress ?? '' }),
  }) as Server;
  const port = await listen(server, options.port);
  const url = `http://127.0.0.1:${port}`;
  const origins = { own: url, others: options.extensionOrigins };
  const turns = createTurns();
  fetch = createRoutes({ ...options, origins, turns });

  server.on('upgrade', async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A socket that breaks needs no answer.
    socket.on('error', () => undefined);
    if (!isAllowed(request.headers.origin ?? null, origins)) return socket.end(FORBIDDEN_UPGRADE);
    const address = request.socket.remoteAddress ?? '';
    if ((await turns.wait({ kind: 'address', id: address })) > 0) return socket.end(TOO_MANY_UPGRADES);
    const { realtime } = options.parts();
    if (realtime === null) return socket.end(UNAVAILABLE_UPGRADE);
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    return realtime.handleUpgrade(request, socket, head);
  });

  const dropSockets = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url,
    port,
    dropSockets,
    async stop() {
      dropSockets();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(inUse(error, port, 'Sideroom')));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
