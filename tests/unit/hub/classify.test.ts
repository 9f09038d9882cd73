import {
  AuthApiError,
  AuthRetryableFetchError,
  AuthWeakPasswordError,
  FunctionsFetchError,
} from '@supabase/supabase-js';
import { describe, expect, test } from 'vitest';
import { classify, classifyCode, classifyStatus } from '../../../lib/data/classify.ts';
import { FailureError, failure } from '../../../lib/model/failure.ts';

/** As postgrest-js throws it. */
function databaseError(code: string): Error {
  return Object.assign(new Error('words that may change'), { name: 'PostgrestError', code, details: '', hint: '' });
}

describe('classify', () => {
  test.each([
    ['SR001', 'signed_out'],
    ['SR002', 'not_member'],
    ['SR003', 'group_full'],
    ['SR004', 'invite_invalid'],
    ['SR005', 'profile_required'],
    ['SR006', 'creator_stays'],
    ['SR007', 'not_found'],
    ['SR010', 'username_taken'],
    ['SR011', 'profile_invalid'],
    ['SR020', 'invite_options'],
    ['42501', 'not_member'],
    ['PGRST301', 'signed_out'],
    ['40P01', 'unreachable'],
  ])("the database's %s is %s", (code, expected) => {
    expect(classify(databaseError(code)).code).toBe(expected);
    expect(classifyCode(code, '').code).toBe(expected);
  });

  test.each([
    ['unauthorized', 'signed_out'],
    ['limited', 'too_many_requests'],
    ['too_large', 'audio_too_large'],
    ['unsupported', 'audio_unusable'],
    ['speech_off', 'speech_off'],
    ['speech_down', 'speech_down'],
    ['speech_spent', 'speech_spent'],
  ])("a function's %s is %s", (code, expected) => {
    expect(classifyCode(code, '').code).toBe(expected);
  });

  test.each([
    ['invalid_credentials', 'wrong_credentials'],
    ['otp_expired', 'wrong_code'],
    ['user_already_exists', 'email_taken'],
    ['email_address_invalid', 'email_invalid'],
    ['over_email_send_rate_limit', 'too_many_requests'],
    ['session_not_found', 'signed_out'],
  ])("auth's %s is %s", (code, expected) => {
    expect(classify(new AuthApiError('words', 400, code)).code).toBe(expected);
  });

  test('a weak password, a lost connection, a function out of reach', () => {
    expect(classify(new AuthWeakPasswordError('words', 422, ['length'])).code).toBe('weak_password');
    expect(classify(new AuthRetryableFetchError('words', 0)).code).toBe('unreachable');
    expect(classify(new FunctionsFetchError(new TypeError('words'))).code).toBe('unreachable');
  });

  test('what was classified at the request survives every wrapping', () => {
    const thrown = new FailureError(failure('too_many_requests', { retryAfter: 4 }));
    expect(classify(thrown)).toBe(thrown.failure);
    expect(classify(new FunctionsFetchError(thrown))).toBe(thrown.failure);
    expect(classify({ __isStorageError: true, originalError: thrown })).toBe(thrown.failure);
  });

  test('what nobody expected surfaces with its code and without its words', () => {
    expect(classify(databaseError('XX000'))).toEqual(failure('unknown', { detail: 'XX000' }));
    expect(classify(new TypeError('a secret'))).toEqual(failure('unknown', { detail: 'TypeError' }));
  });

  test('[INV5] a function that is asked too often', () => {
    expect(classifyCode('limited', '')).toEqual({ kind: 'limited', code: 'too_many_requests' });
  });

  test('a status alone', () => {
    expect([401, 404, 429, 502, 503, 504].map((status) => classifyStatus(status).code)).toEqual([
      ...['signed_out', 'not_found', 'too_many_requests', 'unreachable', 'unreachable', 'unreachable'],
    ]);
  });
});
