import { Hono } from 'hono';
import * as v from 'valibot';
import {
  BucketChange,
  BucketRequest,
  createBucket,
  deleteBucket,
  emptyBucket,
  findBucket,
  listBuckets,
  updateBucket,
} from './buckets.ts';
import { type CallerKeys, identifyCaller } from './caller.ts';
import { ownerOf, type StorageContext } from './context.ts';
import type { Scope } from './database.ts';
import { readJson } from './request.ts';
import { requireBucketName } from './rules.ts';

/** /bucket: reading and keeping buckets, under the caller's role; on this stack only the service has policies that allow it. */
export function routeBuckets({ database, files }: StorageContext, keys: CallerKeys): Hono {
  const asCaller = async <T>(request: Request, operation: string, work: (scope: Scope) => Promise<T>): Promise<T> =>
    database.run(await identifyCaller(request, keys), `storage.bucket.${operation}`, work);

  return new Hono()
    .get('/', async (c) => c.json(await asCaller(c.req.raw, 'list', listBuckets)))
    .get('/:id', async (c) => c.json(await asCaller(c.req.raw, 'get', (scope) => findBucket(scope, c.req.param('id')))))
    .post('/', async (c) => {
      const caller = await identifyCaller(c.req.raw, keys);
      const request = v.parse(BucketRequest, await readJson(c.req.raw));
      requireBucketName(request.id);
      await database.run(caller, 'storage.bucket.create', (scope) => createBucket(scope, request, ownerOf(caller)));
      return c.json({ name: request.id });
    })
    .put('/:id', async (c) => {
      const change = v.parse(BucketChange, await readJson(c.req.raw));
      await asCaller(c.req.raw, 'update', (scope) => updateBucket(scope, c.req.param('id'), change));
      return c.json({ message: 'Successfully updated' });
    })
    .post('/:id/empty', async (c) => {
      const versions = await asCaller(c.req.raw, 'empty', (scope) => emptyBucket(scope, c.req.param('id')));
      await files.remove(versions);
      return c.json({ message: 'Successfully emptied' });
    })
    .delete('/:id', async (c) => {
      await asCaller(c.req.raw, 'delete', (scope) => deleteBucket(scope, c.req.param('id')));
      return c.json({ message: 'Successfully deleted' });
    });
}
