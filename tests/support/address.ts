import { randomInt } from 'node:crypto';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import type { StackUnderTest } from './stack.ts';

/** Whether requests can come from more than one address: on Linux all of 127.0.0.0/8 is the machine's own. */
export function hasAddresses({ local }: StackUnderTest): boolean {
  return local !== undefined && process.platform === 'linux';
}

/** One that nobody else in this run has. */
export function newAddress(): string {
  return `127.${randomInt(1, 255)}.${randomInt(256)}.${randomInt(1, 255)}`;
}

/** A fetch whose connections come from that address of this machine. */
export function fetchFrom(localAddress: string): typeof fetch {
  return async (input, init) => {
    const { url, method, headers, body } = new Request(input, init);
    const content = body === null ? '' : Buffer.from(await new Response(body).arrayBuffer());
    return new Promise((resolve, reject) => {
      const sent = request(url, { localAddress, method, headers: Object.fromEntries(headers) }, (incoming) => {
        const { statusCode = 0, headers: answered } = incoming;
        const given = Object.entries(answered).flatMap(([name, value]) =>
          typeof value === 'string' ? [[name, value] as [string, string]] : [],
        );
        resolve(new Response(Readable.toWeb(incoming) as ReadableStream, { status: statusCode, headers: given }));
      });
      sent.on('error', reject);
      sent.end(content);
    });
  };
}

/** The fetch of somebody whose wrong tokens are counted for nobody else; where there is one address only, the usual fetch. */
export function fetchFromElsewhere(stack: StackUnderTest): typeof fetch {
  return hasAddresses(stack) ? fetchFrom(newAddress()) : fetch;
}
