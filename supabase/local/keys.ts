import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

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

const KeysFile = v.object({
  jwtSecret: v.pipe(v.string(), v.minLength(32)),
  publishableKey: v.pipe(v.string(), v.startsWith('sb_publishable_')),
  secretKey: v.pipe(v.string(), v.startsWith('sb_secret_')),
  databasePassword: v.pipe(v.string(), v.regex(/^\w{16,}$/)),
});

/** The keys of the stack whose data lie in this folder; made when there are none. Throws a sentence when they are unreadable. */
export function loadKeys(folder: string): Keys {
  const path = join(folder, 'keys.json');
  return existsSync(path) ? readKeys(path) : makeKeys(folder, path);
}

function readKeys(path: string): Keys {
  try {
    return v.parse(KeysFile, JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // Neither kind of error is passed on: both quote what they could not read.
    throw new Error(`${path} does not hold the keys of a stack. Put the right file back, or begin anew.`);
  }
}

function makeKeys(folder: string, path: string): Keys {
  const keys: Keys = {
    jwtSecret: randomBytes(32).toString('base64url'),
    publishableKey: `sb_publishable_${randomBytes(16).toString('base64url')}`,
    secretKey: `sb_secret_${randomBytes(24).toString('base64url')}`,
    databasePassword: randomBytes(18).toString('hex'),
  };
  mkdirSync(folder, { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  chmodSync(unfinished, 0o600);
  // The whole file or none: half of one would lock everybody out of their data.
  renameSync(unfinished, path);
  return keys;
}
