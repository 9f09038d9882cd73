import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { BEACON } from '../../hostile/marks.ts';

/** The server that hostile texts name. Whatever connects to it was made to: by a request, or by preparing for one. */
export interface Beacon {
  readonly connections: number;
  /** For a browser: every name under which hostile texts know it leads here. */
  readonly flags: readonly string[];
  stop(): void;
}

const HOST = new URL(BEACON).hostname;

export async function startBeacon(): Promise<Beacon> {
  let connections = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    get connections() {
      return connections;
    },
    flags: [`--host-resolver-rules=MAP ${HOST} ${address}, MAP *.${HOST} ${address}, MAP *.example ${address}`],
    stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
