import { Hono } from 'hono';
import * as v from 'valibot';
import { findBucket } from './buckets.ts';
import { type Caller, type CallerKeys, identifyCaller, SERVICE } from './caller.ts';
import { ownerOf, type StorageContext } from './context.ts';
import { deliverObject } from './delivery.ts';
import { StorageFailure } from './failure.ts';
import { ListRequest, listObjects } from './listing.ts';
import { deleteObjects, findObject, type ObjectRow } from './objects.ts';
import { queryOf, readJson } from './request.ts';
import { copyObject, moveObject, TransferRequest } from './transfer.ts';
import { uploadObject } from './upload.ts';

const Deletion = v.object({ prefixes: v.pipe(v.array(v.string()), v.maxLength(1000)) });

/** /object: files in and out under the caller's role. Mounted after the signed routes: the words of a path win over a bucket's name. */
export function routeFiles(context: StorageContext, keys: CallerKeys): Hono {
  const { database, files } = context;
  const identify = (request: Request) => identifyCaller(request, keys);

  async function find(request: Request, operation: string, bucket: string, name: string): Promise<ObjectRow> {
    return database.run(await identify(request), `storage.object.${operation}`, (scope) =>
      findObject(scope, bucket, name),
    );
  }

  async function download(request: Request, { bucket, name }: { bucket: string; name: string }): Promise<Response> {
    const row = await find(request, 'get_authenticated', bucket, name);
    return deliverObject(request, row, files, { download: queryOf(request, 'download') });
  }

  async function upload(
    request: Request,
    bucket: string,
    name: string,
    upsert: boolean,
    operation: string,
  ): Promise<Response> {
    const caller = await identify(request);
    const target = { bucket, name, upsert, ownerId: ownerOf(caller), operation: `storage.object.${operation}` };
    const id = await uploadObject(context, caller, target, request);
    return Response.json({ Id: id, Key: `${bucket}/${name}` });
  }

  async function remove(
    caller: Caller,
    operation: string,
    bucket: string,
    names: readonly string[],
  ): Promise<readonly ObjectRow[]> {
    const rows = await database.run(caller, `storage.object.${operation}`, (scope) =>
      deleteObjects(scope, bucket, names),
    );
    await files.remove(rows.map((row) => row.version));
    return rows;
  }

  return new Hono()
    .post('/copy', async (c) => {
      const transfer = v.parse(TransferRequest, await readJson(c.req.raw));
      const copy = await copyObject(context, await identify(c.req.raw), transfer, c.req.header('x-upsert') === 'true');
      return c.json({ Id: copy.id, Key: `${copy.bucket}/${copy.name}` });
    })
    .post('/move', async (c) => {
      await moveObject(context, await identify(c.req.raw), v.parse(TransferRequest, await readJson(c.req.raw)));
      return c.json({ message: 'Successfully moved' });
    })
    .post('/list/:bucket', async (c) => {
      const request = v.parse(ListRequest, await readJson(c.req.raw));
      const caller = await identify(c.req.raw);
      return c.json(
        await database.run(caller, 'storage.object.list', (scope) =>
          listObjects(scope, c.req.param('bucket'), request),
        ),
      );
    })
    .get('/public/:bucket/:name{.+}', async (c) => {
      const { bucket, name } = c.req.param();
      const row = await database.run(SERVICE, 'storage.object.get_public', async (scope) => {
        if (!(await findBucket(scope, bucket)).public) throw new StorageFailure('NoSuchBucket', 'Bucket not found');
        return findObject(scope, bucket, name);
      });
      return deliverObject(c.req.raw, row, files, { download: queryOf(c.req.raw, 'download') });
    })
    .get('/info/:bucket/:name{.+}', async (c) => {
      const { bucket, name } = c.req.param();
      return c.json(describe(await find(c.req.raw, 'get_authenticated_info', bucket, name)));
    })
    .get('/authenticated/:bucket/:name{.+}', (c) => download(c.req.raw, c.req.param()))
    .get('/:bucket/:name{.+}', (c) => download(c.req.raw, c.req.param()))
    .post('/:bucket/:name{.+}', (c) => {
      const { bucket, name } = c.req.param();
      return upload(c.req.raw, bucket, name, c.req.header('x-upsert') === 'true', 'upload');
    })
    .put('/:bucket/:name{.+}', (c) =>
      upload(c.req.raw, c.req.param('bucket'), c.req.param('name'), true, 'upload_update'),
    )
    .delete('/:bucket/:name{.+}', async (c) => {
      const { bucket, name } = c.req.param();
      const deleted = await remove(await identify(c.req.raw), 'delete', bucket, [name]);
      if (deleted.length === 0) throw new StorageFailure('NoSuchKey', 'Object not found');
      return c.json({ message: 'Successfully deleted' });
    })
    .delete('/:bucket', async (c) => {
      const { prefixes } = v.parse(Deletion, await readJson(c.req.raw));
      return c.json(await remove(await identify(c.req.raw), 'delete_many', c.req.param('bucket'), prefixes));
    });
}

function describe(row: ObjectRow): Record<string, unknown> {
  const { metadata, user_metadata, ...rest } = row;
  const { size, mimetype, cacheControl, eTag, lastModified } = metadata;
  return {
    ...rest,
    size,
    content_type: mimetype,
    cache_control: cacheControl,
    etag: eTag,
    last_modified: lastModified,
    metadata: user_metadata ?? {},
  };
}
