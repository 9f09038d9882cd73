import { DatabaseError } from 'pg';

/** Whether a failure says that Postgres is away, starting, stopping or overloaded, rather than that a statement was wrong. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseError) return /^(08|53|57)/.test(error.code ?? '');
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string') return error.code.startsWith('E');
  return /^(Connection terminated|timeout exceeded|Client has encountered|Query read timeout)/.test(error.message);
}
