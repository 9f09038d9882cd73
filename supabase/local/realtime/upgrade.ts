import type { IncomingMessage } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Callers, readableHeaders } from './callers.ts';
import type { Visit } from './desk.ts';
import type { Version } from './frames.ts';

export interface RefusedUpgrade {
  readonly status: number;
  readonly error: string;
}

/** What a request for a websocket says of itself: the protocol version, and a project key that must be one of ours. */
export function readOpening(
  request: IncomingMessage,
  callers: Callers,
): { version: Version; visit: Visit } | RefusedUpgrade {
  const url = URL.parse(request.url ?? '/', 'http://localhost');
  if (url === null || !/\/websocket\/?$/.test(url.pathname)) return { status: 404, error: 'Not found' };
  const header = request.headers['x-api-key'];
  const key = typeof header === 'string' ? header : url.searchParams.get('apikey');
  if (!key) return { status: 401, error: 'API key is missing' };
  if (callers.ofKey(key) === null) return { status: 401, error: 'Invalid API key' };
  const version = url.searchParams.get('vsn') ?? '1.0.0';
  if (version !== '1.0.0' && version !== '2.0.0') return { status: 400, error: 'Unknown protocol version' };
  return { version, visit: { key, headers: readableHeaders(Object.entries(request.headers)) } };
}

export function refuseUpgrade(socket: Duplex, { status, error }: RefusedUpgrade): void {
  const body = JSON.stringify({ error });
  socket.on('error', () => {});
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nconnection: close\r\ncontent-type: application/json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
