import OpenAI from 'openai';
import type { ReplyError } from '../_shared/replies.ts';

/** Why the model gave no answer, and whether asking again may help. */
export interface ModelFailure {
  readonly error: ReplyError;
  readonly retry: boolean;
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

const BY_CODE: Readonly<Record<string, ModelFailure>> = {
  server_error: UNREACHABLE,
  vector_store_timeout: UNREACHABLE,
  rate_limit_exceeded: { error: 'limited', retry: true },
  insufficient_quota: { error: 'limited', retry: false },
  invalid_api_key: { error: 'unauthorized', retry: false },
  model_not_found: { error: 'model', retry: false },
  context_length_exceeded: { error: 'model', retry: false },
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
  const code = thrown.code ?? thrown.type;
  if (code && BY_CODE[code]) return BY_CODE[code];
  return failureOfStatus(thrown.status);
}

function failureOfStatus(status: number | undefined): ModelFailure {
  if (status === 401 || status === 403) return { error: 'unauthorized', retry: false };
  if (status === 404) return { error: 'model', retry: false };
  if (status === 429) return { error: 'limited', retry: true };
  if (status === 408 || status === 409 || (status !== undefined && status >= 500)) return UNREACHABLE;
  return UNKNOWN;
}
