import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { serveConnection } from '../../../supabase/local/realtime/connection.ts';
import type { Desk } from '../../../supabase/local/realtime/desk.ts';
import { limits } from '../../../supabase/local/realtime/limits.ts';

/** As much of a websocket as a connection without channels touches. */
class QuietSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  isPaused = false;
  readonly sent: string[] = [];
  pause(): void {
    this.isPaused = true;
  }
  resume(): void {
    this.isPaused = false;
  }
  closedWith: number | null = null;
  send(data: Buffer): void {
    this.sent.push(String(data));
  }
  close(code: number): void {
    this.readyState = 3;
    this.closedWith = code;
    this.emit('close', code);
  }
  terminate(): void {
    this.close(1006);
  }
}

const HEARTBEAT = Buffer.from('[null,"1","phoenix","heartbeat",{}]');

/** A connection that never joins needs nothing of the desk but its log. */
function open(): QuietSocket {
  const socket = new QuietSocket();
  const desk = { log: () => {} } as unknown as Desk;
  serveConnection(desk, { key: 'sb_publishable_test', headers: {} }, '2.0.0', socket as unknown as WebSocket);
  return socket;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a heartbeat is answered', async () => {
  const socket = open();
  socket.emit('message', HEARTBEAT, false);
  await vi.advanceTimersByTimeAsync(0);
  expect(socket.sent).toEqual(['[null,"1","phoenix","phx_reply",{"status":"ok","response":{}}]']);
});

test('a connection that beats stays, and one that falls silent is closed', async () => {
  const socket = open();
  for (let beat = 0; beat < 10; beat += 1) {
    await vi.advanceTimersByTimeAsync(25_000);
    socket.emit('message', HEARTBEAT, false);
  }
  await vi.advanceTimersByTimeAsync(limits.silence - 1);
  expect(socket.closedWith).toBeNull();
  await vi.advanceTimersByTimeAsync(1);
  expect(socket.closedWith).toBe(1001);
});

test('a closed connection leaves no timer', () => {
  open().close(1000);
  return vi.waitFor(() => expect(vi.getTimerCount()).toBe(0));
});

test('frames that come too fast wait, and the line is not read on meanwhile', async () => {
  vi.useRealTimers();
  const socket = open();
  const { burst } = limits.frames;
  for (let frame = 0; frame < burst + 4; frame += 1) socket.emit('message', HEARTBEAT, false);
  await vi.waitFor(() => expect(socket.sent.length).toBeGreaterThanOrEqual(burst));
  expect(socket.sent.length).toBeLessThan(burst + 4);
  await vi.waitFor(() => expect(socket.sent).toHaveLength(burst + 4));
});

test('a connection that is closed while frames wait handles none of them', async () => {
  vi.useRealTimers();
  const socket = open();
  const { burst } = limits.frames;
  for (let frame = 0; frame < burst + 100; frame += 1) socket.emit('message', HEARTBEAT, false);
  await vi.waitFor(() => expect(socket.sent.length).toBeGreaterThanOrEqual(burst));
  socket.close(1000);
  const { length } = socket.sent;
  await new Promise((resolve) => setImmediate(resolve));
  expect(socket.sent).toHaveLength(length);
});
