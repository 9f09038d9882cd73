import { findBucket } from './buckets.ts';
import { type Caller, SERVICE } from './caller.ts';
import type { StorageContext } from './context.ts';
import { StorageFailure } from './failure.ts';
import type { StoredFile } from './files.ts';
import { type Incoming, readIncoming } from './incoming.ts';
import { insertObject, lockObject, type ObjectDraft, type ObjectMetadata, upsertObject } from './objects.ts';
import { MAX_FILE_BYTES, requireAllowedType, requireObjectName } from './rules.ts';

export interface UploadTarget {
  readonly bucket: string;
  readonly name: string;
  readonly upsert: boolean;
  readonly ownerId: string | null;
  /** What policies see as storage.operation(). */
  readonly operation: string;
}

/**
 * Takes a file in. The policies decide under the caller's role before a byte is kept; then the bytes are written under a new version,
 * and the row that points at them follows in one transaction. Whatever fails, no row points at missing bytes. The object's id.
 */
export async function uploadObject(
  context: StorageContext,
  caller: Caller,
  target: UploadTarget,
  request: Request,
): Promise<string> {
  requireObjectName(target.name);
  const bucket = await context.database.run(SERVICE, target.operation, (scope) => findBucket(scope, target.bucket));
  const limit = bucket.file_size_limit ?? MAX_FILE_BYTES;
  const incoming = await readIncoming(request, limit);
  requireAllowedType(incoming.mimetype, bucket.allowed_mime_types);
  await requireUploadRight(context, caller, target, incoming);
  const stored = await context.files.write(incoming.bytes, limit);
  return pointAt(context, target, stored.version, describeBytes(stored, incoming), incoming.userMetadata);
}

/** Rejects unless the caller's policies would let this object in. */
export async function requireUploadRight(
  { database }: StorageContext,
  caller: Caller,
  target: UploadTarget,
  incoming: Pick<Incoming, 'mimetype' | 'declaredSize' | 'userMetadata'>,
): Promise<void> {
  const metadata: Partial<ObjectMetadata> = {
    mimetype: incoming.mimetype,
    ...(incoming.declaredSize === null ? {} : { contentLength: incoming.declaredSize }),
  };
  const draft: ObjectDraft = { ...target, version: '1', metadata, userMetadata: incoming.userMetadata };
  await database.probe(caller, target.operation, (scope) =>
    (target.upsert ? upsertObject : insertObject)(scope, draft),
  );
}

/**
 * Makes the name point at a version's bytes; those it pointed at before go, and so do the new ones when the database refuses them. Where
 * its answer is missing, the row may be there: then the sweep decides, which looks. The object's id.
 */
export async function pointAt(
  { database, files }: Pick<StorageContext, 'database' | 'files'>,
  target: UploadTarget,
  version: string,
  metadata: ObjectMetadata,
  userMetadata: Record<string, unknown> | null,
): Promise<string> {
  const point = database.run(SERVICE, target.operation, async (scope) => {
    const before = await lockObject(scope, target.bucket, target.name);
    const draft: ObjectDraft = { ...target, version, metadata, userMetadata };
    return { id: await (target.upsert ? upsertObject : insertObject)(scope, draft), before };
  });
  const { id, before } = await point.catch(async (error: unknown) => {
    if (isRefusal(error)) await files.remove([version]);
    throw error;
  });
  if (before !== null) await files.remove([before.version]);
  return id;
}

function isRefusal(error: unknown): boolean {
  return error instanceof StorageFailure && error.code !== 'SlowDown' && error.code !== 'DatabaseTimeout';
}

/** What is noted of bytes that have come. */
export function describeBytes(
  stored: StoredFile,
  incoming: Pick<Incoming, 'mimetype' | 'cacheControl'>,
): ObjectMetadata {
  return {
    eTag: stored.etag,
    size: stored.size,
    mimetype: incoming.mimetype,
    cacheControl: incoming.cacheControl,
    lastModified: new Date().toISOString(),
    contentLength: stored.size,
    httpStatusCode: 200,
  };
}
