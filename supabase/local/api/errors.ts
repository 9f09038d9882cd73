interface DatabaseError {
  readonly code: string;
  readonly message: string;
  readonly detail?: string;
  readonly hint?: string;
}

/** What lite maps itself, as PostgREST does. */
const MAPPED_BY_LITE = /^(42|22|21|53|55|PT|PGRST)|^(23502|23503|23505|25006)$/;

/** PostgREST's HTTP statuses by SQLSTATE, longest prefix first; anything else is 400. */
const STATUS: readonly (readonly [prefix: string, status: number])[] = [
  ['P0001', 400],
  ['08', 503],
  ['09', 500],
  ['0L', 403],
  ['0P', 403],
  ['25', 500],
  ['28', 403],
  ['2D', 500],
  ['38', 500],
  ['39', 500],
  ['3B', 500],
  ['40', 500],
  ['54', 500],
  ['57', 500],
  ['58', 500],
  ['F0', 500],
  ['HV', 500],
  ['P0', 500],
  ['XX', 500],
];

/** The error in the form that lite answers verbatim, or the same error when lite maps it well. */
export function toPostgrestError(error: unknown): unknown {
  if (!isDatabaseError(error) || MAPPED_BY_LITE.test(error.code)) return error;
  const { code, message, detail = null, hint = null } = error;
  const status = STATUS.find(([prefix]) => code.startsWith(prefix))?.[1] ?? 400;
  return Object.assign(new Error(JSON.stringify({ code, message, details: detail, hint })), {
    code: 'PGRST',
    detail: JSON.stringify({ status, headers: {} }),
  });
}

function isDatabaseError(error: unknown): error is DatabaseError {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)
  );
}
