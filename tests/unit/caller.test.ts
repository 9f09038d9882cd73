import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { identifyCaller } from '../../supabase/functions/_shared/caller.ts';

const ANA = '0b1c7d2e-3f40-4a51-8b62-9c73ad84be95';
const SHARED = new TextEncoder().encode('a shared secret that only Auth holds, in this test');
const signing = await generateKeyPair('ES256');
const strange = await generateKeyPair('ES256');
const KID = 'key-1';

/** Auth as the function sees it: a public key set, and /user, which alone can check what was signed with the shared secret. */
let auth: Server;
let answer: { status: number; body: unknown };
const asked: { authorization: string | undefined; apikey: string | undefined }[] = [];

beforeAll(async () => {
  const jwks = { keys: [{ ...(await exportJWK(signing.publicKey)), kid: KID, alg: 'ES256', use: 'sig' }] };
  auth = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url === '/auth/v1/.well-known/jwks.json') {
      response.end(JSON.stringify(jwks));
      return;
    }
    asked.push({ authorization: request.headers.authorization, apikey: String(request.headers.apikey) });
    response.statusCode = answer.status;
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => auth.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('SUPABASE_URL', `http://127.0.0.1:${(auth.address() as AddressInfo).port}`);
  vi.stubEnv('SUPABASE_PUBLISHABLE_KEYS', '{"default":"sb_publishable_x"}');
  vi.stubEnv('SUPABASE_SECRET_KEYS', '{"default":"sb_secret_x","cron":"sb_secret_y"}');
});

afterEach(() => {
  answer = { status: 200, body: { id: ANA, aud: 'authenticated' } };
  asked.length = 0;
});

afterAll(() => {
  vi.unstubAllEnvs();
  auth.closeAllConnections();
  auth.close();
});

const withToken = (token: string, apikey = 'sb_publishable_x') =>
  new Request('http://localhost/reply', { method: 'POST', headers: { authorization: `Bearer ${token}`, apikey } });
const sign = (key: CryptoKey | Uint8Array, alg: string, audience = 'authenticated', expires = '1h') =>
  new SignJWT({ role: 'authenticated' })
    .setProtectedHeader({ alg, kid: KID })
    .setSubject(ANA)
    .setAudience(audience)
    .setExpirationTime(expires)
    .sign(key);

describe('a project with signing keys', () => {
  test('takes a token of its own key without asking anybody else', async () => {
    const token = await sign(signing.privateKey, 'ES256');
    expect(await identifyCaller(withToken(token))).toEqual({ kind: 'user', id: ANA, token });
    expect(asked).toEqual([]);
  });

  test.each([
    ['another key', () => sign(strange.privateKey, 'ES256')],
    ['the past', () => sign(signing.privateKey, 'ES256', 'authenticated', '-1s')],
    ['another audience', () => sign(signing.privateKey, 'ES256', 'elsewhere')],
  ])('knows nobody by a token of %s', async (_name, make) => {
    expect(await identifyCaller(withToken(await make()))).toEqual({ kind: 'anonymous' });
  });
});

describe('a project with a shared secret', () => {
  test('asks Auth, with the token and the public key', async () => {
    answer = { status: 200, body: { id: ANA, aud: 'authenticated' } };
    const token = await sign(SHARED, 'HS256');
    expect(await identifyCaller(withToken(token))).toEqual({ kind: 'user', id: ANA, token });
    expect(asked).toEqual([{ authorization: `Bearer ${token}`, apikey: 'sb_publishable_x' }]);
  });

  test('knows nobody when Auth refuses, for example because the session ended', async () => {
    answer = { status: 403, body: { code: 'session_not_found' } };
    expect(await identifyCaller(withToken(await sign(SHARED, 'HS256')))).toEqual({ kind: 'anonymous' });
  });

  test.each([500, 503, 429])('does not take an Auth that answers %i for a refusal', async (status) => {
    answer = { status, body: {} };
    await expect(identifyCaller(withToken(await sign(SHARED, 'HS256')))).rejects.toMatchObject({ code: 'unreachable' });
  });
});

describe('keys', () => {
  test.each(['sb_secret_x', 'sb_secret_y'])('the secret key %s is the service', async (apikey) => {
    expect(await identifyCaller(new Request('http://localhost/', { headers: { apikey } }))).toEqual({
      kind: 'service',
    });
    expect(await identifyCaller(withToken(apikey, apikey))).toEqual({ kind: 'service' });
  });

  test.each(['sb_publishable_x', 'sb_secret_z', ''])('the key %j is nobody', async (apikey) => {
    expect(await identifyCaller(new Request('http://localhost/', { headers: { apikey } }))).toEqual({
      kind: 'anonymous',
    });
  });

  test('a bad token is not made good by the secret key', async () => {
    expect(await identifyCaller(withToken(await sign(strange.privateKey, 'ES256'), 'sb_secret_x'))).toEqual({
      kind: 'anonymous',
    });
  });
});

test.each(['', 'x', 'a.b.c', 'eyJhbGciOiJub25lIn0.e30.', '%%%.%%%.%%%'])('the token %j is nobody', async (token) => {
  expect(await identifyCaller(withToken(token))).toEqual({ kind: 'anonymous' });
});

test('nobody is known when the project is not configured', async () => {
  vi.stubEnv('SUPABASE_SECRET_KEYS', '');
  await expect(
    identifyCaller(new Request('http://localhost/', { headers: { apikey: 'sb_secret_x' } })),
  ).rejects.toThrow();
  vi.stubEnv('SUPABASE_SECRET_KEYS', '{"default":"sb_secret_x","cron":"sb_secret_y"}');
});
