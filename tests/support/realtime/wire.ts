import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

/** A frame of protocol 2.0.0: join_ref, ref, topic, event, payload. */
export type Frame = readonly [string | null, string | null, string, string, { [field: string]: unknown }];

export interface WireOptions {
  /** The Supabase's, with http or https. */
  readonly url: string;
  readonly key: string;
  readonly vsn?: '1.0.0' | '2.0.0';
}

/** The protocol spoken by hand, for what a well-behaved client never sends and to count what comes in. */
export interface Wire {
  /** Everything that arrived, as it arrived. */
  readonly received: (Frame | Buffer)[];
  readonly socket: WebSocket;
  send(frame: Frame | Buffer | string): void;
  /** The response to a request, once it comes. */
  ask(frame: Frame): Promise<{ status: string; response: { reason?: string } }>;
  join(topic: string, token: string, config?: object): ReturnType<Wire['ask']>;
  /** All that arrives before the answer to a heartbeat sent now: what the server had for us until this moment. */
  settle(): Promise<(Frame | Buffer)[]>;
  /** How many bytes came over the socket, websocket framing included, while the work ran. */
  countBytes(work: () => Promise<unknown>): Promise<number>;
  readonly closed: Promise<{ code: number }>;
}

export async function openWire({ url, key, vsn = '2.0.0' }: WireOptions): Promise<Wire> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/realtime/v1/websocket?apikey=${key}&vsn=${vsn}`);
  onTestFinished(() => socket.terminate());
  const received: (Frame | Buffer)[] = [];
  const replies = new Map<string, (payload: never) => void>();
  let refs = 100;
  socket.on('message', (data: Buffer, binary) => {
    const message: Frame | Buffer = binary ? data : JSON.parse(data.toString());
    received.push(message);
    if (!Buffer.isBuffer(message) && message[3] === 'phx_reply') replies.get(message[1] ?? '')?.(message[4] as never);
  });
  const tcp = new Promise<Socket>((resolve) => socket.once('upgrade', (response) => resolve(response.socket)));
  const closed = new Promise<{ code: number }>((resolve) => socket.once('close', (code) => resolve({ code })));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));

  const wire: Wire = {
    received,
    socket,
    closed,
    send: (frame) => socket.send(Buffer.isBuffer(frame) || typeof frame === 'string' ? frame : JSON.stringify(frame)),
    ask: ([joinRef, , ...rest]) =>
      new Promise((resolve) => {
        refs += 1;
        replies.set(`r${refs}`, resolve);
        wire.send([joinRef, `r${refs}`, ...rest]);
      }),
    join: (topic, token, config = {}) =>
      wire.ask([
        '1',
        null,
        `realtime:${topic}`,
        'phx_join',
        { config: { private: true, ...config }, access_token: token },
      ]),
    async settle() {
      const before = received.length;
      await wire.ask([null, null, 'phoenix', 'heartbeat', {}]);
      return received.slice(before, -1);
    },
    async countBytes(work) {
      const { bytesRead } = await tcp;
      await work();
      return (await tcp).bytesRead - bytesRead;
    },
  };
  return wire;
}
