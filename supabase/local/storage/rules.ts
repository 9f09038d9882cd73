import { StorageFailure } from './failure.ts';

/** The hosted default for a bucket without a limit of its own. */
export const MAX_FILE_BYTES = 50 * 1024 * 1024;

const OBJECT_NAME = /^[A-Za-z0-9_/!.*'() &$=@;:+,?-]+$/;
const BUCKET_NAME = /^[A-Za-z0-9_!.*'() &$=@;:+,?-]{1,100}$/;
const MEDIA_TYPE = /^[A-Za-z0-9!#$&^_.+-]+\/[A-Za-z0-9!#$&^_.+*-]+$/;

export function requireObjectName(name: string): string {
  if (!OBJECT_NAME.test(name)) throw new StorageFailure('InvalidKey', `Invalid key: ${name}`);
  return name;
}

export function requireBucketName(name: string): string {
  if (!BUCKET_NAME.test(name) || name.trim() !== name)
    throw new StorageFailure('InvalidBucketName', 'Bucket name invalid');
  return name;
}

/** Refuses a media type that the bucket does not take; parameters (`; charset=…`) play no part. An empty list takes everything. */
export function requireAllowedType(type: string, allowed: readonly string[] | null): void {
  const essence = essenceOf(type);
  if (!MEDIA_TYPE.test(essence)) throw new StorageFailure('InvalidMimeType', `mime type ${type} is not supported`);
  if (allowed === null || allowed.length === 0) return;
  const fits = allowed
    .map(essenceOf)
    .some((entry) => entry === essence || entry === '*' || entry === `${essence.split('/')[0]}/*`);
  if (!fits) throw new StorageFailure('InvalidMimeType', `mime type ${type} is not supported`);
}

/** The type without its parameters, in lower case. */
export function essenceOf(type: string): string {
  return (type.split(';')[0] ?? '').trim().toLowerCase();
}

const UNITS: Record<string, number> = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };

/** A bucket's limit in bytes, given as bytes or as `20MB`; null is no limit of its own. */
export function parseSizeLimit(limit: number | string | null): number | null {
  if (limit === null) return null;
  const [, amount, unit = 'B'] = /^(\d+)(B|KB|MB|GB)?$/i.exec(String(limit)) ?? [];
  if (amount === undefined)
    throw new StorageFailure('InvalidRequest', 'Invalid file size format, hint: use 20GB / 20MB / 30KB / 3B');
  const bytes = Number(amount) * (UNITS[unit.toUpperCase()] ?? 1);
  if (bytes > MAX_FILE_BYTES)
    throw new StorageFailure('EntityTooLarge', 'The object exceeded the maximum allowed size');
  return bytes;
}
