import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';

export const KEYS = {
  jwtSecret: 'the secret of a test, of at least thirty-two bytes',
  publishableKey: 'sb_publishable_test',
  secretKey: 'sb_secret_test',
} as const;

export interface Person {
  readonly id: string;
  readonly token: string;
}

/** Somebody signed in, for as many seconds. */
export async function signIn(seconds = 3600, id: string = randomUUID()): Promise<Person> {
  return { id, token: await sign({ role: 'authenticated', sub: id }, seconds) };
}

/** A token of the project. Each is different from every other. */
export function sign(claims: Record<string, unknown>, seconds: number): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setJti(randomUUID())
    .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
    .sign(new TextEncoder().encode(KEYS.jwtSecret));
}
