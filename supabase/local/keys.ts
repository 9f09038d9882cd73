import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Secrets of one embedded stack. Made at its first start and kept beside its data; never committed, never logged. */
export interface Keys {
  /** Signs the access tokens (HS256). */
  readonly jwtSecret: string;
  /** For clients; public by nature. */
  readonly publishableKey: string;
  /** For the functions and for tests: passes every policy. */
  readonly secretKey: string;
  readonly databasePassword: string;
}

/** The keys of the stack whose data lie in this folder; made when there are none. */
export function loadKeys(folder: string): Keys {
  const path = join(folder, 'keys.json');
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as Keys;
  const keys: Keys = {
    jwtSecret: randomBytes(32).toString('base64url'),
    publishableKey: `sb_publishable_${randomBytes(16).toString('base64url')}`,
    secretKey: `sb_secret_${randomBytes(24).toString('base64url')}`,
    databasePassword: randomBytes(18).toString('hex'),
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  chmodSync(path, 0o600);
  return keys;
}
