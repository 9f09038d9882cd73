import { SERVICE } from './caller.ts';
import type { StorageContext } from './context.ts';
import { findVersions } from './objects.ts';

const BATCH = 500;

/**
 * Removes bytes that no object points at: a crash between writing bytes and their row, or between deleting a row and its bytes, leaves
 * such. Only those written before `olderThan` (ms since 1970) are touched, so that uploads under way are left alone. How many went.
 */
export async function sweepOrphans(
  { database, files }: Pick<StorageContext, 'database' | 'files'>,
  olderThan: number,
): Promise<number> {
  await files.removeUnfinished(olderThan);
  let removed = 0;
  const sweepBatch = async (versions: readonly string[]) => {
    const kept = await database.run(SERVICE, 'storage.sweep', (scope) => findVersions(scope, versions));
    const orphans = versions.filter((version) => !kept.has(version));
    await files.remove(orphans);
    removed += orphans.length;
  };
  let batch: string[] = [];
  for await (const version of files.list(olderThan)) {
    batch.push(version);
    if (batch.length < BATCH) continue;
    await sweepBatch(batch);
    batch = [];
  }
  if (batch.length > 0) await sweepBatch(batch);
  return removed;
}
