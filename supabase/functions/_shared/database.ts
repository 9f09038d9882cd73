import * as v from 'valibot';
import { createServiceClient } from './service-client.ts';

/** A call that the database refused (`code` is its SQLSTATE, `SR…` being the project's own) or that never got there (`unreachable`). */
export class DatabaseError extends Error {
  readonly code: string;
  readonly hint: string | null;
  constructor(code: string, message: string, hint: string | null) {
    super(message);
    this.name = 'DatabaseError';
    this.code = code;
    this.hint = hint;
  }
}

/** The rights of the service role, narrowed to the functions of the schema. */
export interface Database {
  /** Calls a function of `public` and parses what it returns; throws DatabaseError. */
  call<Schema extends v.GenericSchema>(
    name: string,
    args: Record<string, unknown>,
    result: Schema,
  ): Promise<v.InferOutput<Schema>>;
}

const CALL_TIMEOUT_MS = 10_000;

/** The project's database, by the secret key in the environment; throws when URL or key are missing there. */
export function connectDatabase(): Database {
  const client = createServiceClient();
  return {
    async call(name, args, result) {
      const { data, error, status } = await client.rpc(name, args).abortSignal(AbortSignal.timeout(CALL_TIMEOUT_MS));
      if (error) throw toDatabaseError(error, status);
      return v.parse(result, data);
    },
  };
}

function toDatabaseError(
  error: { code?: string; message: string; hint?: string | null },
  status: number,
): DatabaseError {
  const { code = '', message, hint = null } = error;
  // No answer, a gateway's, or the database's own while it stops or starts (SQLSTATE 08…, 57P…).
  if (status === 0 || status >= 502 || /^(08|57P)/.test(code)) return new DatabaseError('unreachable', message, hint);
  return new DatabaseError(code || 'unknown', message, hint);
}
