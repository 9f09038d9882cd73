import type { Caller } from './caller.ts';
import type { Database } from './database.ts';
import type { Files } from './files.ts';
import type { Signer } from './signing.ts';

/** What every operation works with. */
export interface StorageContext {
  readonly database: Database;
  readonly files: Files;
  readonly signer: Signer;
}

/** The subject that owns what the caller writes; null for the service. */
export function ownerOf(caller: Caller): string | null {
  return caller.claims.sub ?? null;
}
