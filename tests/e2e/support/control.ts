import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Part, Stack } from '../../../supabase/local/stack.ts';

const ORDER = /^\/(kill|restart)\/(postgres|gateway|realtime|functions)$/;

/** Lets test files, which run in processes of their own, end and restart parts of the one backend. */
export async function startControl(stack: Stack): Promise<{ url: string; stop(): void }> {
  const server = createServer((request, response) => {
    const [, verb, part] = ORDER.exec(request.url ?? '') ?? [];
    const done = verb === 'kill' ? stack.kill(part as Part) : stack.restart(part as Part);
    done.then(
      () => response.writeHead(204).end(),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => server.close(),
  };
}
