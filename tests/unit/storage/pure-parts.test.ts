import { describe, expect, test } from 'vitest';
import { fromDatabaseError, StorageFailure } from '../../../supabase/local/storage/failure.ts';
import { parseRange } from '../../../supabase/local/storage/range.ts';
import {
  parseSizeLimit,
  requireAllowedType,
  requireBucketName,
  requireObjectName,
} from '../../../supabase/local/storage/rules.ts';
import { createSigner } from '../../../supabase/local/storage/signing.ts';

describe('byte ranges of 100 bytes', () => {
  test.each([
    ['bytes=0-9', { start: 0, end: 9 }],
    ['bytes=90-', { start: 90, end: 99 }],
    ['bytes=90-500', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-500', { start: 0, end: 99 }],
    ['bytes=99-99', { start: 99, end: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=9-0', null],
    ['bytes=-', null],
    ['bytes=0-1,5-6', null],
    ['lines=0-1', null],
    [null, null],
  ])('%s', (header, range) => {
    expect(parseRange(header, 100)).toEqual(range);
  });

  test('of nothing are none', () => {
    expect(parseRange('bytes=0-', 0)).toBe('unsatisfiable');
    expect(parseRange('bytes=-1', 0)).toBe('unsatisfiable');
  });
});

describe('what a bucket takes', () => {
  test.each([
    ['image/png', ['image/png'], true],
    ['image/PNG; charset=x', ['image/png'], true],
    ['image/webp', ['image/*'], true],
    ['text/html', ['image/*'], false],
    ['image/png', ['image/jpeg'], false],
    ['text/html', null, true],
    ['text/html', [], true],
    ['nonsense', null, false],
    ['text/html\nx-evil: 1', null, false],
    ['', null, false],
  ])('%j of %j: %s', (type, allowed, taken) => {
    const attempt = () => requireAllowedType(type, allowed);
    if (taken) expect(attempt).not.toThrow();
    else expect(attempt).toThrow(StorageFailure);
  });

  test.each([
    [null, null],
    [100, 100],
    ['20KB', 20_480],
    ['1mb', 1_048_576],
  ])('the limit %j is %j bytes', (limit, bytes) => {
    expect(parseSizeLimit(limit)).toBe(bytes);
  });

  test.each(['', 'much', '-1', '1TB', '51MB'])('the limit %j is refused', (limit) => {
    expect(() => parseSizeLimit(limit)).toThrow(StorageFailure);
  });
});

test.each(['a/b.png', "it's (1).txt", 'a b'])('an object may be called %j', (name) => {
  expect(requireObjectName(name)).toBe(name);
});

test.each(['', 'ü', 'a\nb', 'a\\b', '#', '%'])('no object may be called %j', (name) => {
  expect(() => requireObjectName(name)).toThrow(`Invalid key: ${name}`);
});

test.each(['', 'a/b', ' a', 'x'.repeat(101)])('no bucket may be called %j', (name) => {
  expect(() => requireBucketName(name)).toThrow(StorageFailure);
});

describe('a signed URL', () => {
  const signer = createSigner('a secret');

  test('gives one act on one object', async () => {
    const token = await signer.sign({ scope: 'download', url: 'b/one' }, 60);
    expect(await signer.verify(token, 'download', 'b/one')).toMatchObject({ url: 'b/one' });
    await expect(signer.verify(token, 'download', 'b/two')).rejects.toMatchObject({ code: 'InvalidSignature' });
    await expect(signer.verify(token, 'upload', 'b/one')).rejects.toMatchObject({ code: 'InvalidSignature' });
  });

  test('ends, and is no other server’s', async () => {
    const grant = { scope: 'download', url: 'b/one' } as const;
    const refusal = { code: 'InvalidJWT' };
    await expect(signer.verify(await signer.sign(grant, -1), 'download', 'b/one')).rejects.toMatchObject(refusal);
    const foreign = await createSigner('another secret').sign(grant, 60);
    await expect(signer.verify(foreign, 'download', 'b/one')).rejects.toMatchObject(refusal);
    await expect(signer.verify(null, 'download', 'b/one')).rejects.toMatchObject(refusal);
  });
});

describe('failures', () => {
  const databaseError = (code: string, message = 'x', detail = '') =>
    Object.assign(new Error(message), { code, detail });

  test.each([
    [databaseError('42501', 'new row violates row-level security policy "secret name"'), 'AccessDenied', '403', 400],
    [databaseError('23505'), 'ResourceAlreadyExists', '409', 400],
    [databaseError('23503'), 'NoSuchBucket', '404', 400],
    [
      databaseError('23503', 'x', 'Key (id)=(b) is still referenced from table "objects".'),
      'ResourceNotEmpty',
      '409',
      400,
    ],
    [databaseError('57014'), 'DatabaseTimeout', '544', 544],
    [databaseError('57P01'), 'SlowDown', '503', 503],
    [databaseError('ECONNREFUSED'), 'SlowDown', '503', 503],
    [new Error('Connection terminated unexpectedly'), 'SlowDown', '503', 503],
    [new Error('Client has encountered a connection error and is not queryable'), 'SlowDown', '503', 503],
  ])('%s', async (error, code, statusCode, status) => {
    const failure = fromDatabaseError(error);
    if (!(failure instanceof StorageFailure)) throw new Error('not classified');
    const response = failure.toResponse();
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code, statusCode });
    expect(failure.message).not.toContain('secret name');
  });

  test('of a kind not expected stay what they are', () => {
    const error = databaseError('42703');
    expect(fromDatabaseError(error)).toBe(error);
  });
});
