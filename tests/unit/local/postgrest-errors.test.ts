import { describe, expect, test } from 'vitest';
import { toPostgrestError } from '../../../supabase/local/api/errors.ts';

const failure = (code: string, more = {}) => Object.assign(new Error('what went wrong'), { code, ...more });

/** What lite is made to answer; null when the error is left to lite as it is. */
function answerTo(error: unknown, role = 'authenticated') {
  const mapped = toPostgrestError(error, role);
  if (mapped === error) return null;
  const { message, detail } = mapped as Error & { detail: string };
  return { ...(JSON.parse(detail) as { status: number; headers: object }), body: JSON.parse(message) as unknown };
}

describe('an error of the database becomes PostgREST’s answer', () => {
  test.each([
    ['SR004', 400],
    ['P0001', 400],
    ['P0002', 500],
    ['23502', 400],
    ['23503', 409],
    ['23505', 409],
    ['23514', 400],
    ['22P02', 400],
    ['25006', 405],
    ['25P02', 500],
    ['40001', 500],
    ['40P01', 500],
    ['42P17', 500],
    ['53300', 503],
    ['53400', 500],
    ['57014', 500],
    ['08006', 503],
    ['XX000', 500],
  ])('%s is %i', (code, status) => {
    expect(answerTo(failure(code))?.status).toBe(status);
  });

  test('a missing right is 403 for people and 401 for those who are not signed in', () => {
    expect(answerTo(failure('42501'), 'authenticated')?.status).toBe(403);
    expect(answerTo(failure('42501'), 'anon')?.status).toBe(401);
  });

  test('with its words, and null where there are none', () => {
    expect(answerTo(failure('SR003', { detail: 'twenty', hint: 'Ask later.' }))).toEqual({
      status: 400,
      headers: {},
      body: { code: 'SR003', message: 'what went wrong', details: 'twenty', hint: 'Ask later.' },
    });
    expect(answerTo(failure('SR003'))?.body).toMatchObject({ details: null, hint: null });
  });

  test('and says when to come again while the database is away', () => {
    expect(answerTo(failure('08006'))?.headers).toEqual({ 'Retry-After': '1' });
  });
});

describe('left to the library is', () => {
  test.each(['42703', '42P01', '42883', 'PT402', 'PGRST'])('%s, which it words in terms of the request', (code) => {
    expect(answerTo(failure(code))).toBeNull();
  });

  test('what is no error of the database', () => {
    for (const error of [new Error('Unknown operator'), failure('ENOENT'), 'text', null]) {
      expect(answerTo(error)).toBeNull();
    }
  });
});
