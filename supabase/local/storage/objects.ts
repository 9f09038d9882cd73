import { randomUUID } from 'node:crypto';
import type { Scope } from './database.ts';
import { StorageFailure } from './failure.ts';

/** What the server notes about an object's bytes, in the hosted service's names. */
export interface ObjectMetadata {
  readonly eTag: string;
  readonly size: number;
  readonly mimetype: string;
  readonly cacheControl: string;
  readonly lastModified: string;
  readonly contentLength: number;
  readonly httpStatusCode: 200;
}

export interface ObjectRow {
  readonly id: string;
  readonly bucket_id: string;
  readonly name: string;
  readonly owner_id: string | null;
  readonly version: string;
  readonly metadata: ObjectMetadata;
  readonly user_metadata: Record<string, unknown> | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly last_accessed_at: Date;
}

export interface ObjectDraft {
  readonly bucket: string;
  readonly name: string;
  /** Subject of the token; null for the service. */
  readonly ownerId: string | null;
  readonly version: string;
  readonly metadata: Partial<ObjectMetadata>;
  readonly userMetadata: Record<string, unknown> | null;
}

const UUID = /^[0-9a-f-]{36}$/i;

function valuesOf(draft: ObjectDraft): unknown[] {
  const { bucket, name, ownerId, version, metadata, userMetadata } = draft;
  const owner = ownerId !== null && UUID.test(ownerId) ? ownerId : null;
  return [
    bucket,
    name,
    owner,
    ownerId,
    version,
    JSON.stringify(metadata),
    userMetadata === null ? null : JSON.stringify(userMetadata),
  ];
}

const INSERT = `insert into storage.objects (bucket_id, name, owner, owner_id, version, metadata, user_metadata, id)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`;

/** The new object's id. Needs the right to insert only: nothing is read back, so that a policy for select plays no part. */
export async function insertObject(scope: Scope, draft: ObjectDraft): Promise<string> {
  const id = randomUUID();
  await scope.query(INSERT, [...valuesOf(draft), id]);
  return id;
}

/** The object's id, new or old. Needs the rights to insert, select and update, as on the hosted service. */
export async function upsertObject(scope: Scope, draft: ObjectDraft): Promise<string> {
  const result = await scope.query<ObjectRow>(
    `${INSERT} on conflict (bucket_id, name) do update
     set owner = excluded.owner, owner_id = excluded.owner_id, version = excluded.version,
       metadata = excluded.metadata, user_metadata = excluded.user_metadata
     returning id`,
    [...valuesOf(draft), randomUUID()],
  );
  return requireRow(result.rows[0]).id;
}

/** Moves or replaces a row; null when there is none that the caller may change. */
export async function updateObject(
  scope: Scope,
  bucket: string,
  name: string,
  draft: ObjectDraft,
): Promise<ObjectRow | null> {
  const result = await scope.query<ObjectRow>(
    `update storage.objects
     set bucket_id = $1, name = $2, owner = $3, owner_id = $4, version = $5, metadata = $6, user_metadata = $7
     where bucket_id = $8 and name = $9 returning *`,
    [...valuesOf(draft), bucket, name],
  );
  return result.rows[0] ?? null;
}

/** Rejects with `NoSuchKey` when there is none that the caller may see: the two cases look the same from outside. */
export async function findObject(scope: Scope, bucket: string, name: string): Promise<ObjectRow> {
  const result = await scope.query<ObjectRow>('select * from storage.objects where bucket_id = $1 and name = $2', [
    bucket,
    name,
  ]);
  return requireRow(result.rows[0]);
}

/** Locks the name, taken or not, until the end of the transaction; what stands under it now. */
export async function lockObject(scope: Scope, bucket: string, name: string): Promise<ObjectRow | null> {
  await scope.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${bucket}/${name}`]);
  const result = await scope.query<ObjectRow>(
    'select * from storage.objects where bucket_id = $1 and name = $2 for update',
    [bucket, name],
  );
  return result.rows[0] ?? null;
}

/** Those of `names` that the caller may see. */
export async function findNames(scope: Scope, bucket: string, names: readonly string[]): Promise<ReadonlySet<string>> {
  const result = await scope.query<{ name: string }>(
    'select name from storage.objects where bucket_id = $1 and name = any ($2)',
    [bucket, names],
  );
  return new Set(result.rows.map((row) => row.name));
}

/** The rows deleted: those the caller may see and delete. */
export async function deleteObjects(
  scope: Scope,
  bucket: string,
  names: readonly string[],
): Promise<readonly ObjectRow[]> {
  const result = await scope.query<ObjectRow>(
    'delete from storage.objects where bucket_id = $1 and name = any ($2) returning *',
    [bucket, names],
  );
  return result.rows;
}

/** Those of `versions` that some object still has. */
export async function findVersions(scope: Scope, versions: readonly string[]): Promise<ReadonlySet<string>> {
  const result = await scope.query<{ version: string }>(
    'select version from storage.objects where version = any ($1)',
    [versions],
  );
  return new Set(result.rows.map((row) => row.version));
}

function requireRow(row: ObjectRow | undefined): ObjectRow {
  if (row === undefined) throw new StorageFailure('NoSuchKey', 'Object not found');
  return row;
}
