import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRealtime, type Realtime } from '../../../../supabase/local/realtime/server.ts';
import { KEYS } from './people.ts';

/** A Realtime server behind a bare HTTP server. It can be stopped and started again at the same address. */
export interface TestServer {
  readonly url: string;
  /** The publishable one. */
  readonly key: string;
  /** What it logged, to be searched for what must not be there. */
  readonly log: readonly string[];
  stop(): Promise<void>;
  start(): Promise<void>;
}

export async function startServer(adminUrl: string): Promise<TestServer> {
  const log: string[] = [];
  let realtime: Realtime;
  let http: Server;
  let port = 0;
  await start();
  return { url: `http://127.0.0.1:${port}`, key: KEYS.publishableKey, log, start, stop };

  async function start(): Promise<void> {
    realtime = await createRealtime({ adminUrl, ...KEYS, log: (line) => void log.push(line) });
    http = createServer(async (incoming, outgoing) => {
      const chunks = await Array.fromAsync<Buffer>(incoming);
      const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]);
      const init = {
        method: incoming.method ?? 'GET',
        headers,
        ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
      };
      const response = await realtime.handleHttp(new Request(`http://127.0.0.1:${port}${incoming.url}`, init));
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(await response.text());
    });
    http.on('upgrade', (request, socket, head) => realtime.handleUpgrade(request, socket, head));
    await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
    port = (http.address() as AddressInfo).port;
  }

  async function stop(): Promise<void> {
    await realtime.stop();
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  }
}
