import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { createCallers, readableHeaders } from '../../../supabase/local/realtime/callers.ts';
import { createTokenVerifier } from '../../../supabase/local/realtime/claims.ts';

const jwtSecret = 'a secret of at least thirty-two bytes';
const verifier = createTokenVerifier({ jwtSecret });
const callers = createCallers({ publishableKey: 'sb_publishable_p', secretKey: 'sb_secret_s', verifier });
const nowSeconds = () => Math.floor(Date.now() / 1000);

function sign(claims: Record<string, unknown>, secret = jwtSecret, alg = 'HS256'): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg }).sign(new TextEncoder().encode(secret));
}

test('a token of this project says who it is', async () => {
  const token = await sign({ role: 'authenticated', sub: 'ana', exp: nowSeconds() + 60 });
  expect(await callers.ofCredential(token)).toMatchObject({ role: 'authenticated', sub: 'ana' });
});

test('project keys are people without a name, or the service', async () => {
  expect(callers.ofKey('sb_publishable_p')).toEqual({ role: 'anon' });
  expect(await callers.ofCredential('sb_secret_s')).toEqual({ role: 'service_role' });
  expect(callers.ofKey('sb_secret_')).toBeNull();
  await expect(callers.ofCredential('sb_secret_x')).rejects.toMatchObject({ code: 'Unauthorized' });
});

const refused: [string, () => string | Promise<string>, string][] = [
  ['nonsense', () => 'abc', 'MalformedJWT'],
  ['of another project', () => sign({ role: 'anon', exp: nowSeconds() + 60 }, 'x'.repeat(40)), 'JwtSignatureError'],
  [
    'signed in another way',
    () => sign({ role: 'anon', exp: nowSeconds() + 60 }, 'x'.repeat(64), 'HS512'),
    'JwtSignature',
  ],
  ['of a role outside the API', () => sign({ role: 'supabase_admin', exp: nowSeconds() + 60 }), 'InvalidJWTToken'],
  ['without a role', () => sign({ exp: nowSeconds() + 60 }), 'InvalidJWTToken'],
  ['that never ends', () => sign({ role: 'anon' }), 'InvalidJWTToken'],
];

test.for(refused)('a token %s is refused', async ([, make, code]) => {
  await expect(verifier.verify(await make())).rejects.toMatchObject({ code: expect.stringContaining(code) });
});

test('an expired token says since when', async () => {
  const token = await sign({ role: 'anon', exp: nowSeconds() - 5 });
  await expect(verifier.verify(token)).rejects.toThrow(/^Token has expired [56] seconds ago$/);
});

test('policies see x- headers and no credential', () => {
  const headers = new Headers({
    'x-client-info': 'js',
    'x-api-key': 'k',
    apikey: 'k',
    authorization: 'Bearer t',
    cookie: 'c',
  });
  expect(readableHeaders(headers)).toEqual({ 'x-client-info': 'js' });
});
