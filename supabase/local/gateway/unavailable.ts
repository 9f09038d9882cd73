const SENTENCE = 'The server is starting or restarting. Try again in a moment.';

/** The answer while the part that is asked for is away. */
export function unavailable(): Response {
  return Response.json({ code: 'unavailable', message: SENTENCE }, { status: 503, headers: { 'retry-after': '1' } });
}

/** The same for a websocket that cannot be opened. */
export const UNAVAILABLE_UPGRADE = refusalOf(503, 'Service Unavailable', SENTENCE);

export const FORBIDDEN_UPGRADE = refusalOf(403, 'Forbidden', 'This origin may not call this server.');

function refusalOf(status: number, title: string, message: string): string {
  const body = JSON.stringify({ message });
  const head = `HTTP/1.1 ${status} ${title}\r\nconnection: close\r\ncontent-type: application/json\r\n`;
  return `${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
