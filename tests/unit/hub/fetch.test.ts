import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFetch, refuseOverload } from '../../../lib/data/fetch.ts';

describe('reaching the server', () => {
  let server: Server;
  let url: string;
  let answer: (response: ServerResponse) => void;
  let reached: boolean[];
  let end: AbortController;

  beforeAll(async () => {
    server = createServer((_, response) => answer(response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());
  beforeEach(() => {
    reached = [];
    end = new AbortController();
  });
  const request = () => createFetch({ signal: end.signal, onReach: (now) => reached.push(now) })(url);

  test('any answer of the service is an answer, also a refusal', async () => {
    answer = (response) => response.writeHead(403).end('no');
    const response = await request();
    expect(() => refuseOverload(response)).not.toThrow();
    expect([response.status, reached]).toEqual([403, [true]]);
  });

  test.each([502, 503, 504])('%i comes from in front of the service: it is unreachable', async (status) => {
    answer = (response) => response.writeHead(status).end();
    const response = await request();
    expect(() => refuseOverload(response)).toThrow(
      expect.objectContaining({ failure: { kind: 'offline', code: 'unreachable' } }),
    );
    expect(reached).toEqual([false]);
  });

  test('too many requests carries the time to wait', async () => {
    answer = (response) => response.writeHead(429, { 'retry-after': '12' }).end();
    const response = await request();
    const failure = { kind: 'limited', code: 'too_many_requests', retryAfter: 12 };
    expect(() => refuseOverload(response)).toThrow(expect.objectContaining({ failure }));
  });

  test('a connection that breaks, one whose own patience ends, and one that the hub itself ends', async () => {
    answer = (response) => response.destroy();
    await expect(request()).rejects.toMatchObject({ failure: { code: 'unreachable' } });
    expect(reached).toEqual([false]);
    answer = () => {};
    const own = createFetch({ signal: end.signal, onReach: (now) => reached.push(now) });
    await expect(own(url, { signal: AbortSignal.timeout(20) })).rejects.toMatchObject({
      failure: { code: 'unreachable' },
    });
    expect(reached).toEqual([false]);
    answer = () => end.abort();
    await expect(request()).rejects.toMatchObject({ failure: { code: 'unreachable' } });
    expect(reached).toEqual([false]);
  });
});
