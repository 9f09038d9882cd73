import { DatabaseError } from './database.ts';

/** HTTP status by error code: the project's own SQLSTATEs (see the first migration), and what only functions say. */
const STATUS: Readonly<Record<string, number>> = {
  invalid: 400,
  unauthorized: 401,
  method: 405,
  too_large: 413,
  unsupported: 415,
  // The service behind a function failed, not the function: statuses from 502 on would say that Supabase is away.
  speech_down: 424,
  limited: 429,
  speech_spent: 429,
  speech_off: 501,
  unreachable: 503,
  SR001: 401,
  SR002: 403,
  SR003: 409,
  SR004: 404,
  SR005: 409,
  SR007: 404,
  SR021: 409,
  SR023: 409,
  SR086: 403,
  '23514': 400,
};

/** The error body of every function; clients map `code`, the rest is for developers. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

export function refuse(code: string, message: string, hint?: string): Response {
  const body: Refusal = hint === undefined ? { code, message } : { code, message, hint };
  return Response.json(body, { status: STATUS[code] ?? 500 });
}

/** Too much at once; the header says in how many seconds more is taken. */
export function refuseFor(seconds: number, message: string): Response {
  const response = refuse('limited', message, 'Try again when the time in Retry-After is over.');
  response.headers.set('retry-after', String(seconds));
  return response;
}

/** The answer for an error that the database is expected to raise; null for any other, which is a bug and must surface. */
export function refusalOf(error: unknown): Response | null {
  if (!(error instanceof DatabaseError) || STATUS[error.code] === undefined) return null;
  if (error.code === 'unreachable')
    return refuse('unreachable', 'the database cannot be reached', 'Try again in a moment.');
  return refuse(error.code, error.message, error.hint ?? undefined);
}
