import * as v from 'valibot';
import { type Caller, SERVICE } from './caller.ts';
import { ownerOf, type StorageContext } from './context.ts';
import { StorageFailure } from './failure.ts';
import { findObject, lockObject, type ObjectDraft, type ObjectRow, updateObject } from './objects.ts';
import { requireObjectName } from './rules.ts';
import { pointAt, requireUploadRight, type UploadTarget } from './upload.ts';

export const TransferRequest = v.object({
  bucketId: v.string(),
  sourceKey: v.string(),
  destinationKey: v.string(),
  destinationBucket: v.optional(v.string()),
});

type Transfer = v.InferOutput<typeof TransferRequest>;

export interface Copy {
  readonly id: string;
  readonly bucket: string;
  readonly name: string;
}

/** A second object with bytes of its own. The caller must see the source and be allowed to put the copy there. */
export async function copyObject(
  context: StorageContext,
  caller: Caller,
  transfer: Transfer,
  upsert: boolean,
): Promise<Copy> {
  const target: UploadTarget = {
    bucket: transfer.destinationBucket ?? transfer.bucketId,
    name: requireObjectName(transfer.destinationKey),
    upsert,
    ownerId: ownerOf(caller),
    operation: 'storage.object.copy',
  };
  const source = await context.database.run(caller, target.operation, (scope) =>
    findObject(scope, transfer.bucketId, transfer.sourceKey),
  );
  const { mimetype, size } = source.metadata;
  await requireUploadRight(context, caller, target, {
    mimetype,
    declaredSize: size,
    userMetadata: source.user_metadata,
  });
  const version = await context.files.copy(source.version);
  const id = await pointAt(
    context,
    target,
    version,
    { ...source.metadata, lastModified: new Date().toISOString() },
    source.user_metadata,
  );
  return { id, bucket: target.bucket, name: target.name };
}

/** The same object under another name; its bytes stay where they are. The caller must be allowed to change it to the new name. */
export async function moveObject({ database }: StorageContext, caller: Caller, transfer: Transfer): Promise<void> {
  const { bucketId, sourceKey } = transfer;
  const bucket = transfer.destinationBucket ?? bucketId;
  const name = requireObjectName(transfer.destinationKey);
  const operation = 'storage.object.move';
  const draftFrom = (row: ObjectRow): ObjectDraft => ({
    bucket,
    name,
    ownerId: row.owner_id,
    version: row.version,
    metadata: row.metadata,
    userMetadata: row.user_metadata,
  });
  await database.probe(caller, operation, async (scope) => {
    const row = await findObject(scope, bucketId, sourceKey);
    if ((await updateObject(scope, bucketId, sourceKey, draftFrom(row))) === null)
      throw new StorageFailure('AccessDenied', 'Access denied');
  });
  await database.run(SERVICE, operation, async (scope) => {
    const row = await lockObject(scope, bucketId, sourceKey);
    if (row === null) throw new StorageFailure('NoSuchKey', 'Object not found');
    await updateObject(scope, bucketId, sourceKey, draftFrom(row));
  });
}
