/** Everything that can go wrong and is expected, classified once at the boundary where it happened. The view words it. */

import type { PageFailure } from './page-share.ts';

export type FailureKind = 'offline' | 'denied' | 'limited' | 'invalid' | 'unknown';

/** Why nothing could be read of a page. */
export type PageFailureCode = `page_${PageFailure}`;

export type FailureCode =
  /** The server cannot be reached. */
  | 'unreachable'
  /** The session is gone or was revoked: sign in again. */
  | 'signed_out'
  | 'wrong_credentials'
  | 'wrong_code'
  | 'email_taken'
  | 'email_invalid'
  | 'weak_password'
  | 'too_many_requests'
  | 'not_member'
  | 'group_full'
  | 'invite_invalid'
  | 'invite_options'
  | 'profile_required'
  | 'profile_invalid'
  | 'username_taken'
  | 'creator_stays'
  | 'creator_only'
  | 'title_invalid'
  | 'title_mismatch'
  | 'instructions_too_long'
  | 'not_found'
  | 'empty'
  | 'too_long'
  | 'image_unusable'
  | 'emoji_invalid'
  | 'file_empty'
  | 'file_too_large'
  | 'file_missing'
  | 'too_many_files'
  | 'share_missing'
  | 'share_unusable'
  | 'too_many_shares'
  | PageFailureCode
  | 'location_stays'
  | 'author_only'
  /** The plan leaves the choice of the model to Sideroom. */
  | 'plan_chooses'
  | 'model_gone'
  | 'too_many_reactions'
  | 'too_many_reports'
  | 'too_many_blocks'
  | 'retention_invalid'
  | 'name_mismatch'
  | 'audio_unusable'
  | 'audio_too_large'
  /** Nothing was said in a recording. */
  | 'nothing_heard'
  /** This backend has no service that turns speech into text. */
  | 'speech_off'
  /** It has one, which does not answer. */
  | 'speech_down'
  /** What may be spent in a day is spent. */
  | 'speech_spent'
  | 'birth_date_invalid'
  | 'birth_date_required'
  | 'birth_date_stands'
  /** Nobody under the deployment's age has an account. */
  | 'too_young'
  | 'adults_only'
  | 'minors_only'
  | 'guardian_code_wrong'
  | 'guardian_only'
  /** A guardian has turned group chats off. */
  | 'groups_off'
  | 'solo_only'
  | 'too_many_memories'
  | 'unknown';

/** An expected failure as it crosses boundaries (structured-clonable). */
export interface Failure {
  readonly kind: FailureKind;
  readonly code: FailureCode;
  /** For `limited`: seconds to wait, when the server said so. */
  readonly retryAfter?: number;
  /** For `unknown`: the technical words, for a details line; never message text, tokens or addresses. */
  readonly detail?: string;
}

/** A failure on its way through `throw`. */
export class FailureError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.detail === undefined ? failure.code : `${failure.code}: ${failure.detail}`);
    this.name = 'FailureError';
    this.failure = failure;
  }
}

const KINDS: Record<FailureCode, FailureKind> = {
  unreachable: 'offline',
  signed_out: 'denied',
  wrong_credentials: 'denied',
  wrong_code: 'denied',
  not_member: 'denied',
  invite_invalid: 'denied',
  creator_stays: 'denied',
  plan_chooses: 'denied',
  model_gone: 'invalid',
  creator_only: 'denied',
  author_only: 'denied',
  group_full: 'limited',
  too_many_requests: 'limited',
  too_many_reactions: 'limited',
  too_many_files: 'limited',
  too_many_shares: 'limited',
  email_taken: 'invalid',
  email_invalid: 'invalid',
  weak_password: 'invalid',
  profile_required: 'invalid',
  profile_invalid: 'invalid',
  username_taken: 'invalid',
  not_found: 'invalid',
  empty: 'invalid',
  too_long: 'invalid',
  title_invalid: 'invalid',
  title_mismatch: 'invalid',
  instructions_too_long: 'invalid',
  invite_options: 'invalid',
  image_unusable: 'invalid',
  emoji_invalid: 'invalid',
  file_empty: 'invalid',
  file_too_large: 'invalid',
  file_missing: 'invalid',
  share_missing: 'invalid',
  share_unusable: 'invalid',
  page_no_text: 'invalid',
  page_nothing_selected: 'invalid',
  page_too_big: 'invalid',
  page_not_allowed: 'denied',
  page_no_entry: 'denied',
  page_closed: 'invalid',
  page_pdf: 'invalid',
  page_changed: 'invalid',
  location_stays: 'invalid',
  too_many_reports: 'limited',
  too_many_blocks: 'limited',
  retention_invalid: 'invalid',
  name_mismatch: 'invalid',
  audio_unusable: 'invalid',
  audio_too_large: 'invalid',
  nothing_heard: 'invalid',
  speech_off: 'denied',
  speech_down: 'limited',
  speech_spent: 'limited',
  birth_date_invalid: 'invalid',
  birth_date_required: 'invalid',
  birth_date_stands: 'denied',
  too_young: 'denied',
  adults_only: 'denied',
  minors_only: 'denied',
  guardian_code_wrong: 'denied',
  guardian_only: 'denied',
  groups_off: 'denied',
  solo_only: 'denied',
  too_many_memories: 'limited',
  unknown: 'unknown',
};

/** A failure of the kind that belongs to its code. */
export function failure(code: FailureCode, extra: Pick<Failure, 'retryAfter' | 'detail'> = {}): Failure {
  return { kind: KINDS[code], code, ...extra };
}

/** The failure carried by a thrown value; anything unexpected becomes `unknown` with its technical words. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof FailureError) return thrown.failure;
  return failure('unknown', { detail: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown) });
}
