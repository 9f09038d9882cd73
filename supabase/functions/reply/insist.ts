import { DatabaseError } from '../_shared/database.ts';

const ATTEMPTS = 5;

/** A whole answer is worth some patience: repeats a call that may be repeated while the database is not to be reached. */
export async function insist<T>(call: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (!isUnreachable(error) || attempt === ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, attempt * 1_000));
    }
  }
}

export function isUnreachable(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === 'unreachable';
}
