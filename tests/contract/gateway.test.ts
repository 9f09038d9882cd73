import { Agent, type IncomingMessage, type RequestOptions, request } from 'node:http';
import { createClient } from '@supabase/supabase-js';
import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { newId } from '../../lib/model/ids.ts';
import { startGateway } from '../../supabase/local/gateway/gateway.ts';
import { stackUnderTest, waitForCode } from '../support/stack.ts';

const stack = stackUnderTest();
const PATHS = [
  '/rest/v1/chats',
  '/auth/v1/settings',
  '/storage/v1/bucket',
  '/realtime/v1/api/broadcast',
  '/functions/v1/invite',
];
const KEYS = { jwtSecret: 'a secret of at least thirty-two letters', secretKey: 'sb_secret_test' };
const FOREIGN = ['https://evil.example', 'null', 'chrome-extension://somebodyelse', 'http://127.0.0.1:1'];

const call = (path: string, headers: Record<string, string>, method = 'GET') =>
  fetch(`${stack.url}${path}`, { method, headers: { apikey: stack.publishableKey, ...headers } });

const allowedOrigin = (response: Response) => response.headers.get('access-control-allow-origin');

function ask(options: RequestOptions, body = ''): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request(stack.url, options, (response) => resolve(response.resume()));
    sent.on('error', reject);
    sent.end(body);
  });
}

describe.runIf(stack.local !== undefined)('browsers', () => {
  test.each([stack.url, 'moz-extension://0d9a3bf2-8b5e-4c1d-9a51-0a3c5f3f9d11'])('may call from %s', async (origin) => {
    for (const path of PATHS) {
      const asked = await call(
        path,
        {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization, x-client-info',
        },
        'OPTIONS',
      );
      expect(asked.status).toBe(204);
      expect(allowedOrigin(asked)).toBe(origin);
      expect(asked.headers.get('access-control-allow-headers')).toBe('authorization, x-client-info');
      expect(asked.headers.get('access-control-allow-methods')).toContain('POST');
      expect(allowedOrigin(await call(path, { origin }))).toBe(origin);
    }
  });

  test.each(FOREIGN)('may not call from %s, nor read a refusal', async (origin) => {
    for (const path of [...PATHS, '/mail.json', '/mail']) {
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        const response = await call(path, { origin, 'access-control-request-method': 'POST' }, method);
        expect(response.status).toBe(403);
        expect(allowedOrigin(response)).toBeNull();
      }
    }
  });

  test('that were led here by a foreign name get nothing', async () => {
    const response = await ask({ path: '/mail.json', headers: { host: 'evil.example' } });
    expect(response.statusCode).toBe(421);
  });

  test.each(FOREIGN)('open no websocket from %s', async (origin) => {
    const headers = {
      origin,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    };
    const path = `/realtime/v1/websocket?apikey=${stack.publishableKey}&vsn=2.0.0`;
    expect((await ask({ path, headers })).statusCode).toBe(403);
  });
});

describe.runIf(stack.local !== undefined)('programs that are no browser', () => {
  test('call without an origin, and hear nothing of origins', async () => {
    for (const path of PATHS) expect(allowedOrigin(await call(path, {}))).toBeNull();
    expect((await call('/auth/v1/settings', {})).status).toBe(200);
  });

  test('go on over a connection on which a large request was refused', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const large = 'x'.repeat(5_000_000);
    const refused = await ask({ agent, path: '/rest/v1/chats', method: 'POST', headers: { origin: 'null' } }, large);
    expect(refused.statusCode).toBe(403);
    const next = await ask({ agent, path: '/auth/v1/settings', headers: { apikey: stack.publishableKey } });
    expect(next.statusCode).toBe(200);
    agent.destroy();
  });
});

describe.runIf(stack.local !== undefined)('the pages for people', () => {
  test.each(['/welcome', '/join', '/mail'])('%s loads nothing from elsewhere and may not be framed', async (path) => {
    const response = await fetch(`${stack.url}${path}`);
    expect(response.status).toBe(200);
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    const html = await response.text();
    for (const [, address] of html.matchAll(/(?:src|<link[^>]* href)="([^"]*)"/g)) {
      expect(address).toMatch(/^\/assets\//);
      expect((await fetch(`${stack.url}${address}`)).status).toBe(200);
    }
  });

  test('the development inbox shows a code to copy, and no mail can put markup into it', async () => {
    const email = `"<b>ana</b>"+${newId()}@example.test`;
    const { auth } = createClient(stack.url, stack.publishableKey, { auth: { persistSession: false } });
    const { error } = await auth.signInWithOtp({ email });
    const address = error === null ? email : `${newId()}@example.test`;
    if (error !== null) await auth.signInWithOtp({ email: address });
    const code = await waitForCode(stack, address);
    const html = await (await fetch(`${stack.url}/mail`)).text();
    expect(html).toContain(`data-code="${code}"`);
    expect(html).not.toContain('<b>');
  });
});

test('a part that fails is answered for in a sentence, and the log holds nothing of the request', async () => {
  const log: string[] = [];
  const parts = {
    api: { fetch: () => Promise.reject(new Error('a secret')) },
    storage: null,
    realtime: null,
    functionsUrl: 'http://127.0.0.1:1',
  };
  const gateway = await startGateway({
    port: 0,
    parts: () => parts,
    mails: () => [],
    keys: KEYS,
    extensionOrigins: ['chrome-extension://ours'],
    log: (line) => log.push(line),
  });
  try {
    const failed = await fetch(`${gateway.url}/rest/v1/messages?body=eq.private`, {
      headers: { origin: 'chrome-extension://ours' },
    });
    expect(failed.status).toBe(500);
    expect(allowedOrigin(failed)).toBe('chrome-extension://ours');
    expect(await failed.json()).toEqual({ message: 'This request could not be answered.' });
    expect(log).toEqual(['gateway: Error while answering GET /rest/v1']);
    for (const path of ['/storage/v1/bucket', '/functions/v1/reply', '/realtime/v1/api/broadcast']) {
      const away = await fetch(`${gateway.url}${path}`);
      expect(away.status).toBe(503);
      expect(away.headers.get('retry-after')).toBe('1');
      expect(await away.json()).toMatchObject({ code: 'unavailable', message: expect.stringContaining('Try again') });
    }
  } finally {
    await gateway.stop();
  }
});

test('whoever asks too fast waits, then is told to ask later; somebody else and the project itself go on', async () => {
  const parts = { api: { fetch: async () => new Response('here') }, storage: null, realtime: null, functionsUrl: null };
  const options = { parts: () => parts, mails: () => [], keys: KEYS, extensionOrigins: [], log: () => undefined };
  const gateway = await startGateway({ ...options, port: 0 });
  const ask = async (token: string) => {
    const response = await fetch(`${gateway.url}/rest/v1/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    return [response.status, Number(response.headers.get('retry-after'))];
  };
  try {
    const [flooder, other] = [await tokenOf('flooder'), await tokenOf('other')];
    const answers = Promise.all(Array.from({ length: 450 }, () => ask(flooder)));
    expect(await ask(other)).toEqual([200, 0]);
    expect(await ask(KEYS.secretKey)).toEqual([200, 0]);
    // A token of another's making takes nobody's turns but those of its address.
    expect(await ask(`${flooder.slice(0, -8)}AAAAAAAA`)).toEqual([200, 0]);
    const statuses = (await answers).map(([status]) => status);
    // 300 messages at once, and 8 a second for as long as a client waits.
    const served = statuses.filter((status) => status === 200).length;
    expect(served).toBeGreaterThanOrEqual(338);
    expect(served).toBeLessThan(360);
    expect(statuses.filter((status) => status === 429)).toHaveLength(450 - served);
    expect(await ask(other)).toEqual([200, 0]);
  } finally {
    await gateway.stop();
  }
});

function tokenOf(sub: string): Promise<string> {
  const secret = new TextEncoder().encode(KEYS.jwtSecret);
  return new SignJWT({ sub }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h').sign(secret);
}

test('a port that is taken is said in a sentence', async () => {
  const options = {
    parts: () => ({ api: null, storage: null, realtime: null, functionsUrl: null }),
    mails: () => [],
    keys: KEYS,
    extensionOrigins: [],
    log: () => undefined,
  };
  const gateway = await startGateway({ ...options, port: 0 });
  try {
    await expect(startGateway({ ...options, port: gateway.port })).rejects.toThrow(
      `Port ${gateway.port}, meant for Sideroom, is in use by another program.`,
    );
  } finally {
    await gateway.stop();
  }
});
