import { type Failure, type FailureCode, FailureError, failure } from '../model/failure.ts';

/** SQLSTATEs of this project (table in supabase/migrations/…_base.sql), of Postgres, and PostgREST's own codes. */
const DATABASE_CODES: Readonly<Record<string, FailureCode>> = {
  SR001: 'signed_out',
  SR002: 'not_member',
  SR003: 'group_full',
  SR004: 'invite_invalid',
  SR005: 'profile_required',
  SR006: 'creator_stays',
  SR007: 'not_found',
  SR010: 'username_taken',
  SR011: 'profile_invalid',
  SR013: 'title_invalid',
  SR014: 'instructions_too_long',
  SR015: 'title_mismatch',
  SR016: 'emoji_invalid',
  SR017: 'author_only',
  SR018: 'too_many_reactions',
  SR021: 'file_missing',
  SR022: 'too_many_files',
  SR023: 'unreachable',
  SR060: 'share_unusable',
  SR061: 'too_many_shares',
  SR020: 'invite_options',
  SR080: 'birth_date_invalid',
  SR081: 'birth_date_required',
  SR082: 'birth_date_stands',
  SR083: 'adults_only',
  SR084: 'minors_only',
  SR085: 'guardian_only',
  SR086: 'groups_off',
  SR087: 'solo_only',
  SR088: 'too_many_memories',
  SR071: 'too_many_reports',
  SR096: 'too_many_blocks',
  SR072: 'retention_invalid',
  SR073: 'name_mismatch',
  SR074: 'signed_out',
  SR051: 'plan_chooses',
  SR052: 'model_gone',
  PGRST116: 'not_found',
  PGRST301: 'signed_out',
  PGRST302: 'signed_out',
  PGRST303: 'signed_out',
  // A row that the policies refuse: everything behind policies here is a chat's.
  '42501': 'not_member',
  '40001': 'unreachable',
  '40P01': 'unreachable',
  '57014': 'unreachable',
  '53300': 'unreachable',
};

/** Codes of Supabase Auth, by what they mean to a person. */
const AUTH_CODES: Readonly<Record<string, FailureCode>> = {
  invalid_credentials: 'wrong_credentials',
  otp_expired: 'wrong_code',
  user_already_exists: 'email_taken',
  email_exists: 'email_taken',
  email_address_invalid: 'email_invalid',
  email_address_not_authorized: 'email_invalid',
  validation_failed: 'email_invalid',
  weak_password: 'weak_password',
  over_request_rate_limit: 'too_many_requests',
  over_email_send_rate_limit: 'too_many_requests',
  request_timeout: 'unreachable',
  refresh_token_not_found: 'signed_out',
  refresh_token_already_used: 'signed_out',
  session_not_found: 'signed_out',
  session_expired: 'signed_out',
  bad_jwt: 'signed_out',
  no_authorization: 'signed_out',
  user_not_found: 'signed_out',
  user_banned: 'signed_out',
};

/** Codes of this project's own functions besides the SR codes. */
const FUNCTION_CODES: Readonly<Record<string, FailureCode>> = {
  unauthorized: 'signed_out',
  limited: 'too_many_requests',
  too_large: 'audio_too_large',
  unsupported: 'audio_unusable',
  speech_off: 'speech_off',
  speech_down: 'speech_down',
  speech_spent: 'speech_spent',
};

const TRANSIENT_STATUS = new Set([502, 503, 504]);

interface Thrown {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly status?: unknown;
  readonly originalError?: unknown;
  readonly context?: unknown;
  readonly __isAuthError?: unknown;
  readonly __isStorageError?: unknown;
}

/** What a thrown value of any part of supabase-js means. Decides by codes and status, never by message text. */
export function classify(thrown: unknown): Failure {
  if (thrown instanceof FailureError) return thrown.failure;
  if (typeof thrown !== 'object' || thrown === null) return failure('unknown', { detail: String(thrown) });
  const { name, code, status, originalError, context } = thrown as Thrown;
  // The libraries wrap what the fetch threw.
  for (const inner of [originalError, context]) if (inner instanceof FailureError) return inner.failure;
  if (name === 'AuthRetryableFetchError' || name === 'FunctionsFetchError') return failure('unreachable');
  if (name === 'AuthSessionMissingError') return failure('signed_out');
  const known = typeof code === 'string' ? codeOf(thrown as Thrown, code) : undefined;
  if (known !== undefined) return failure(known);
  if (typeof status === 'number') return classifyStatus(status, nameOf(thrown));
  return failure('unknown', { detail: typeof code === 'string' && code !== '' ? code : nameOf(thrown) });
}

/** The meaning of a code in an error's body, if it has one. */
export function classifyCode(code: string, detail: string): Failure {
  const known = DATABASE_CODES[code] ?? FUNCTION_CODES[code] ?? AUTH_CODES[code];
  return known === undefined ? failure('unknown', { detail }) : failure(known);
}

/** The meaning of a status alone, where the body says nothing usable. */
export function classifyStatus(status: number, detail = ''): Failure {
  if (status === 401) return failure('signed_out');
  if (status === 404) return failure('not_found');
  if (status === 429) return failure('too_many_requests');
  if (status === 0 || TRANSIENT_STATUS.has(status)) return failure('unreachable');
  return failure('unknown', { detail: `${detail} ${status}`.trim() });
}

function codeOf(thrown: Thrown, code: string): FailureCode | undefined {
  return thrown.__isAuthError === true ? AUTH_CODES[code] : (DATABASE_CODES[code] ?? undefined);
}

function nameOf(thrown: object): string {
  return thrown instanceof Error ? thrown.name : 'Error';
}
