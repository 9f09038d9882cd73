import { v7 } from 'uuid';

/** A new UUIDv7: unique without asking anybody, and later ones sort after earlier ones of the same client. */
export function newId(): string {
  return v7();
}
