import { Hono } from 'hono';
import * as v from 'valibot';
import { type CallerKeys, identifyCaller, SERVICE } from './caller.ts';
import { ownerOf, type StorageContext } from './context.ts';
import { deliverObject } from './delivery.ts';
import { findNames, findObject } from './objects.ts';
import { queryOf, readJson } from './request.ts';
import { requireObjectName } from './rules.ts';
import { requireUploadRight, uploadObject } from './upload.ts';

const Seconds = v.pipe(v.number(), v.integer(), v.minValue(1));
const Signing = v.object({ expiresIn: Seconds });
const SigningMany = v.object({ expiresIn: Seconds, paths: v.pipe(v.array(v.string()), v.maxLength(500)) });

const UPLOAD_SECONDS = 2 * 3600;
const HIDDEN = 'Either the object does not exist or you do not have access to it';

/** /object/sign and /object/upload/sign: rights that are asked for once under the caller's role and then travel in a URL. */
export function routeSigned(context: StorageContext, keys: CallerKeys): Hono {
  const { database, files, signer } = context;

  async function signDownload(url: string, seconds: number): Promise<string> {
    return `/object/sign/${url}?token=${await signer.sign({ scope: 'download', url }, seconds)}`;
  }

  return new Hono()
    .get('/sign/:bucket/:name{.+}', async (c) => {
      const { bucket, name } = c.req.param();
      const grant = await signer.verify(queryOf(c.req.raw, 'token'), 'download', `${bucket}/${name}`);
      const row = await database.run(SERVICE, 'storage.object.get_signed', (scope) => findObject(scope, bucket, name));
      return deliverObject(c.req.raw, row, files, {
        download: queryOf(c.req.raw, 'download'),
        expires: grant.exp * 1000,
      });
    })
    .post('/sign/:bucket/:name{.+}', async (c) => {
      const { expiresIn } = v.parse(Signing, await readJson(c.req.raw));
      const { bucket, name } = c.req.param();
      const caller = await identifyCaller(c.req.raw, keys);
      await database.run(caller, 'storage.object.sign', (scope) => findObject(scope, bucket, name));
      return c.json({ signedURL: await signDownload(`${bucket}/${name}`, expiresIn) });
    })
    .post('/sign/:bucket', async (c) => {
      const { expiresIn, paths } = v.parse(SigningMany, await readJson(c.req.raw));
      const bucket = c.req.param('bucket');
      const caller = await identifyCaller(c.req.raw, keys);
      const seen = await database.run(caller, 'storage.object.sign_many', (scope) => findNames(scope, bucket, paths));
      const sign = async (path: string) =>
        seen.has(path)
          ? { error: null, path, signedURL: await signDownload(`${bucket}/${path}`, expiresIn) }
          : { error: HIDDEN, path, signedURL: null };
      return c.json(await Promise.all(paths.map(sign)));
    })
    .post('/upload/sign/:bucket/:name{.+}', async (c) => {
      const { bucket, name } = c.req.param();
      const caller = await identifyCaller(c.req.raw, keys);
      const upsert = c.req.header('x-upsert') === 'true';
      const ownerId = ownerOf(caller);
      const target = {
        bucket,
        name: requireObjectName(name),
        upsert,
        ownerId,
        operation: 'storage.object.sign_upload_url',
      };
      const mimetype = c.req.header('content-type') ?? 'application/octet-stream';
      await requireUploadRight(context, caller, target, { mimetype, declaredSize: null, userMetadata: null });
      const token = await signer.sign({ scope: 'upload', url: `${bucket}/${name}`, upsert, ownerId }, UPLOAD_SECONDS);
      return c.json({ url: `/object/upload/sign/${bucket}/${name}?token=${token}`, token });
    })
    .put('/upload/sign/:bucket/:name{.+}', async (c) => {
      const { bucket, name } = c.req.param();
      const { upsert, ownerId } = await signer.verify(queryOf(c.req.raw, 'token'), 'upload', `${bucket}/${name}`);
      const target = { bucket, name, upsert, ownerId, operation: 'storage.object.upload_signed' };
      await uploadObject(context, SERVICE, target, c.req.raw);
      return c.json({ Key: `${bucket}/${name}` });
    });
}
