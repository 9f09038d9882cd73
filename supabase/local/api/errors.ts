interface DatabaseError {
  readonly code: string;
  readonly message: string;
  readonly detail?: string;
  readonly hint?: string;
}

/** lite knows these too, and turns the names in their messages from its own SQL back into the request's. */
const BETTER_FROM_LITE = /^(42703|42883|42P01|42P02|PT\d{3}|PGRST)$/;

/** PostgREST's HTTP statuses by SQLSTATE, a code before its class; anything else is 400. */
const STATUS: readonly (readonly [prefix: string, status: number])[] = [
  ['08', 503],
  ['09', 500],
  ['0L', 403],
  ['0P', 403],
  ['23503', 409],
  ['23505', 409],
  ['25006', 405],
  ['25', 500],
  ['28', 403],
  ['2D', 500],
  ['38', 500],
  ['39', 500],
  ['3B', 500],
  ['40', 500],
  ['42P17', 500],
  ['53400', 500],
  ['53', 503],
  ['54', 500],
  ['55', 500],
  ['57', 500],
  ['58', 500],
  ['F0', 500],
  ['HV', 500],
  ['P0001', 400],
  ['P0', 500],
  ['XX', 500],
];

/** What lite throws for a failed statement, as the error that makes lite answer what PostgREST would. */
export function toPostgrestError(error: unknown, role: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error;
  const failed = error as DatabaseError;
  if (!/^[0-9A-Z]{5}$/.test(failed.code) || BETTER_FROM_LITE.test(failed.code)) return error;
  return answer(statusOf(failed.code, role), failed);
}

/** An error that lite passes on as it is: PostgREST's way for functions to choose their whole answer. */
export function answer(status: number, { code, message, detail = '', hint = '' }: DatabaseError): Error {
  const body = { code, message, details: detail || null, hint: hint || null };
  const headers = status === 503 ? { 'Retry-After': '1' } : {};
  return Object.assign(new Error(JSON.stringify(body)), { code: 'PGRST', detail: JSON.stringify({ status, headers }) });
}

function statusOf(code: string, role: string): number {
  if (code === '42501') return role === 'anon' ? 401 : 403;
  return STATUS.find(([prefix]) => code.startsWith(prefix))?.[1] ?? 400;
}
