import * as v from 'valibot';
import type { Scope } from './database.ts';
import { StorageFailure } from './failure.ts';
import { parseSizeLimit } from './rules.ts';

export interface Bucket {
  readonly id: string;
  readonly public: boolean;
  /** Bytes; null: the server's own limit. */
  readonly file_size_limit: number | null;
  readonly allowed_mime_types: readonly string[] | null;
}

const settings = {
  public: v.optional(v.boolean()),
  file_size_limit: v.optional(v.nullable(v.union([v.number(), v.string()]))),
  allowed_mime_types: v.optional(v.nullable(v.array(v.string()))),
};

export const BucketRequest = v.object({ id: v.string(), ...settings });
export const BucketChange = v.object(settings);

const COLUMNS = `id, name, coalesce(owner_id, '') as owner, public, type, file_size_limit::float8 as file_size_limit, allowed_mime_types,
  created_at, updated_at`;

/** Rejects with `NoSuchBucket` when there is none that the caller may see. */
export async function findBucket(scope: Scope, id: string): Promise<Bucket> {
  const result = await scope.query<Bucket>(`select ${COLUMNS} from storage.buckets where id = $1`, [id]);
  return requireBucket(result.rows[0]);
}

export async function listBuckets(scope: Scope): Promise<readonly Bucket[]> {
  const result = await scope.query<Bucket>(`select ${COLUMNS} from storage.buckets order by name`);
  return result.rows;
}

export async function createBucket(
  scope: Scope,
  request: v.InferOutput<typeof BucketRequest>,
  ownerId: string | null,
): Promise<void> {
  await scope.query(
    `insert into storage.buckets (id, name, owner_id, public, file_size_limit, allowed_mime_types) values ($1, $1, $2, $3, $4, $5)`,
    [
      request.id,
      ownerId,
      request.public ?? false,
      parseSizeLimit(request.file_size_limit ?? null),
      request.allowed_mime_types ?? null,
    ],
  );
}

/** Leaves alone what the change does not mention. */
export async function updateBucket(
  scope: Scope,
  id: string,
  change: v.InferOutput<typeof BucketChange>,
): Promise<void> {
  const before = await findBucket(scope, id);
  const limit = change.file_size_limit === undefined ? before.file_size_limit : parseSizeLimit(change.file_size_limit);
  const types = change.allowed_mime_types === undefined ? before.allowed_mime_types : change.allowed_mime_types;
  const result = await scope.query(
    'update storage.buckets set public = $2, file_size_limit = $3, allowed_mime_types = $4, updated_at = now() where id = $1',
    [id, change.public ?? before.public, limit, types],
  );
  if (result.rowCount === 0) throw new StorageFailure('AccessDenied', 'Access denied');
}

export async function deleteBucket(scope: Scope, id: string): Promise<void> {
  await findBucket(scope, id);
  const held = await scope.query('select 1 from storage.objects where bucket_id = $1 limit 1', [id]);
  if (held.rowCount !== 0) throw new StorageFailure('ResourceNotEmpty', 'The bucket you tried to delete is not empty');
  const result = await scope.query('delete from storage.buckets where id = $1', [id]);
  if (result.rowCount === 0) throw new StorageFailure('AccessDenied', 'Access denied');
}

/** Deletes all objects of a bucket; the versions whose bytes may go. */
export async function emptyBucket(scope: Scope, id: string): Promise<readonly string[]> {
  await findBucket(scope, id);
  const result = await scope.query<{ version: string }>(
    'delete from storage.objects where bucket_id = $1 returning version',
    [id],
  );
  return result.rows.map((row) => row.version);
}

function requireBucket(bucket: Bucket | undefined): Bucket {
  if (bucket === undefined) throw new StorageFailure('NoSuchBucket', 'Bucket not found');
  return bucket;
}
