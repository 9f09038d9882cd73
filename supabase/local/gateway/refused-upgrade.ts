import { TOO_MANY } from '../too-many.ts';
import { UNAVAILABLE } from '../unavailable.ts';

/** What is written to the socket of a websocket that is not opened. */
export const UNAVAILABLE_UPGRADE = refusalOf(503, 'Service Unavailable', UNAVAILABLE);

export const TOO_MANY_UPGRADES = refusalOf(429, 'Too Many Requests', TOO_MANY);

export const FORBIDDEN_UPGRADE = refusalOf(403, 'Forbidden', 'This origin may not call this server.');

function refusalOf(status: number, title: string, message: string): string {
  const body = JSON.stringify({ message });
  const head = `HTTP/1.1 ${status} ${title}\r\nconnection: close\r\ncontent-type: application/json\r\n`;
  return `${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
