import * as v from 'valibot';
import { refuse } from '../_shared/answers.ts';
import type { Caller } from '../_shared/caller.ts';
import type { Database } from '../_shared/database.ts';
import type { Files } from '../_shared/files.ts';

export interface PurgeDeps {
  readonly database: Database;
  readonly files: Files;
  /** Of the bucket avatars. */
  readonly pictures: Files;
  identifyCaller(request: Request): Promise<Caller>;
}

const BATCH = 100;
/** No more per call, which has its time. */
const MAX_BATCHES = 20;

/** POST, with the project's secret key: removes for good what is over. {rows, objects}: how many went. */
export async function handlePurge(
  request: Request,
  { database, files, pictures, identifyCaller }: PurgeDeps,
): Promise<Response> {
  const caller = await identifyCaller(request);
  if (caller.kind !== 'service') return refuse('unauthorized', 'only the scheduler calls this');
  const rows = await database.call('purge_rows', {}, v.number());
  const objects = (await removeAll('objects_to_purge', files)) + (await removeAll('pictures_to_purge', pictures));
  return Response.json({ rows, objects });

  async function removeAll(list: string, bucket: Files): Promise<number> {
    let removed = 0;
    for (let batch = 0; batch < MAX_BATCHES; batch++) {
      const names = await database.call(list, { p_limit: BATCH }, v.array(v.string()));
      if (names.length === 0) break;
      await bucket.remove(names);
      removed += names.length;
    }
    return removed;
  }
}
