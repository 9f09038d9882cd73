import OpenAI from 'openai';
import type { ReplyError } from '../_shared/replies.ts';

/** Why the model gave no answer, and whether asking again may help. */
export interface ModelFailure {
  readonly error: ReplyError;
  readonly retry: boolean;
  /** After how many seconds asking again may help, where the service says so. */
  readonly wait?: number;
}

export const UNREACHABLE: ModelFailure = { error: 'unreachable', retry: true };

/** A failure of the model service on its way through `throw`. */
export class ModelError extends Error {
  readonly failure: ModelFailure;
  constructor(failure: ModelFailure, cause?: unknown) {
    super(failure.error, { cause });
    this.name = 'ModelError';
    this.failure = failure;
  }
}

const TOO_LONG: ModelFailure = { error: 'too_long', retry: false };

const BY_CODE: Readonly<Record<string, ModelFailure>> = {
  server_error: UNREACHABLE,
  vector_store_timeout: UNREACHABLE,
  rate_limit_exceeded: { error: 'limited', retry: true },
  insufficient_quota: { error: 'credit', retry: false },
  billing_hard_limit_reached: { error: 'credit', retry: false },
  billing_not_active: { error: 'credit', retry: false },
  invalid_api_key: { error: 'unauthorized', retry: false },
  model_not_found: { error: 'model', retry: false },
  context_length_exceeded: TOO_LONG,
  string_above_max_length: TOO_LONG,
  invalid_prompt: { error: 'refused', retry: false },
  content_policy_violation: { error: 'refused', retry: false },
  content_filter: { error: 'refused', retry: false },
  bio_policy: { error: 'refused', retry: false },
  misalignment_policy_violation: { error: 'refused', retry: false },
};

const UNKNOWN: ModelFailure = { error: 'unknown', retry: false };

/** The failure behind an error code that the service put into the stream or into an error's body. */
export function failureOfCode(code: string | null | undefined): ModelFailure {
  return BY_CODE[code ?? ''] ?? UNKNOWN;
}

/**
 * The failure behind whatever the client of the model service throws, while opening the stream or reading it. A lost socket is a
 * plain TypeError there, a garbled event a SyntaxError: the service is not to be reached.
 */
export function failureOfThrown(thrown: unknown): ModelFailure {
  if (thrown instanceof ModelError) return thrown.failure;
  if (!(thrown instanceof OpenAI.APIError) || thrown instanceof OpenAI.APIConnectionError) return UNREACHABLE;
  const known = BY_CODE[thrown.code ?? ''] ?? BY_CODE[thrown.type ?? ''] ?? failureOfStatus(thrown.status);
  const wait = known.retry ? waitOf(thrown.headers) : null;
  return wait === null ? known : { ...known, wait };
}

/** By the service's own word, in seconds or as a time. */
function waitOf(headers: Headers | undefined): number | null {
  const said = headers?.get('retry-after') ?? null;
  if (said === null || said.trim() === '') return null;
  const seconds = Number.isFinite(Number(said)) ? Number(said) : (Date.parse(said) - Date.now()) / 1_000;
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds), 0), MAX_WAIT) : null;
}

/** A day: whoever says more does not know. */
const MAX_WAIT = 86_400;

function failureOfStatus(status: number | undefined): ModelFailure {
  if (status === 401 || status === 403) return { error: 'unauthorized', retry: false };
  if (status === 402) return { error: 'credit', retry: false };
  if (status === 404) return { error: 'model', retry: false };
  if (status === 413) return TOO_LONG;
  if (status === 429) return { error: 'limited', retry: true };
  if (status === 408 || status === 409 || (status !== undefined && status >= 500)) return UNREACHABLE;
  return UNKNOWN;
}
