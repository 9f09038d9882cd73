import { setTimeout as delay } from 'node:timers/promises';
import type { RawData, WebSocket } from 'ws';
import { createThrottle } from '../throttle.ts';
import type { Channel, Line } from './channel.ts';
import { handleAccessToken, handleBroadcast, handlePresence } from './channel-events.ts';
import type { Desk, Visit } from './desk.ts';
import { BadFrame, decodeFrame, encodeFrame, type Incoming, type Version } from './frames.ts';
import { join } from './join.ts';
import { createJoinGate } from './join-gate.ts';
import { limits } from './limits.ts';
import { describeFailure, Refusal } from './refusal.ts';

/** Reasons for which this end closes a socket. */
const CLOSE = { silent: 1001, malformed: 1002, excessive: 1008, failed: 1011, restart: 1012 } as const;

export interface Connection {
  /** Says goodbye to each channel and closes. Clients connect again by themselves, as after a restart of hosted Realtime. */
  stop(): Promise<void>;
}

/** Serves one websocket until it closes. Its frames are handled one after another, so that a broadcast never overtakes its join. */
export function serveConnection(desk: Desk, visit: Visit, version: Version, socket: WebSocket): Connection {
  const channels = new Map<string, Channel>();
  const gate = createJoinGate();
  const throttle = createThrottle(limits.frames);
  const gone = new AbortController();
  const idle = setTimeout(() => close(CLOSE.silent, 'no heartbeat'), limits.silence);
  const closed = new Promise<void>((resolve) => socket.once('close', resolve)).then(handleClose);
  let waiting = 0;
  let turn = Promise.resolve();

  const line: Line = {
    version,
    send({ data, binary }) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount <= limits.unsentBytes) return socket.send(data, { binary });
      desk.log('realtime: cut off a receiver that does not keep up');
      socket.terminate();
    },
    sendFrame: (frame) => line.send(encodeFrame(version, frame)),
  };

  socket.on('error', (error) => desk.log(`realtime: a connection failed (${describeFailure(error)})`));
  socket.on('message', (data, binary) => {
    idle.refresh();
    waiting += 1;
    if (waiting === limits.waitingFrames) socket.pause();
    turn = turn
      .then(waitTurn)
      .then(() => handleData(data, binary))
      .finally(() => {
        waiting -= 1;
        if (socket.isPaused) socket.resume();
      });
  });

  return {
    async stop() {
      for (const channel of channels.values()) channel.system('ok', 'Server requested disconnect');
      close(CLOSE.restart, 'service restart');
      const deadline = setTimeout(() => socket.terminate(), limits.farewell);
      await closed;
      clearTimeout(deadline);
      await turn;
    },
  };

  function close(code: number, reason: string): void {
    socket.close(code, reason);
  }

  function handleClose(): void {
    clearTimeout(idle);
    gone.abort();
    for (const channel of [...channels.values()]) channel.end();
  }

  async function waitTurn(): Promise<void> {
    const waits = throttle.take();
    if (waits > 0) await delay(waits, undefined, { signal: gone.signal }).catch(() => undefined);
  }

  async function handleData(data: RawData, binary: boolean): Promise<void> {
    if (socket.readyState !== socket.OPEN) return;
    try {
      await handleFrame(decodeFrame(version, toBuffer(data), binary));
    } catch (error) {
      if (error instanceof BadFrame) return close(CLOSE.malformed, error.message);
      desk.log(`realtime: a frame could not be handled (${describeFailure(error)})`);
      close(CLOSE.failed, 'internal failure');
    }
  }

  async function handleFrame(frame: Incoming): Promise<void> {
    if (frame.topic === 'phoenix') return reply(frame, 'ok', {});
    if (frame.kind === 'message' && frame.event === 'phx_join') return handleJoin(frame);
    const channel = channels.get(frame.topic);
    // A frame of an earlier join of the same topic is for nobody.
    if (!channel || (frame.joinRef !== null && frame.joinRef !== channel.joinRef)) {
      return reply(frame, 'error', { reason: 'unmatched topic' });
    }
    if (frame.kind === 'broadcast') return handleBroadcast(desk, channel, frame.ref, frame.broadcast);
    if (frame.event === 'presence') return handlePresence(desk, channel, frame.ref, frame.payload);
    if (frame.event === 'access_token') return handleAccessToken(desk, visit, channel, frame.payload);
    if (frame.event === 'phx_leave') {
      channel.reply(frame.ref, 'ok', {});
      channel.close();
    }
  }

  async function handleJoin(frame: Extract<Incoming, { kind: 'message' }>): Promise<void> {
    channels.get(frame.topic)?.close();
    try {
      gate.pass(channels.size);
      const channel = await join(desk, visit, line, frame, () => channels.delete(frame.topic));
      if (socket.readyState !== socket.OPEN) channel.end();
      else if (!channel.signal.aborted) channels.set(frame.topic, channel);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code === 'Unauthorized') throttle.take(limits.forbiddenJoin);
      reply(frame, 'error', { reason: error.reason });
      if (gate.isShut) close(CLOSE.excessive, 'too many joins');
    }
  }

  function reply({ joinRef, ref, topic }: Incoming, status: 'ok' | 'error', response: unknown): void {
    line.sendFrame({ joinRef, ref, topic, event: 'phx_reply', payload: { status, response } });
  }
}

function toBuffer(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}
