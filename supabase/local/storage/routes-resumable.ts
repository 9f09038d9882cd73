import { type Context, Hono } from 'hono';
import { findBucket } from './buckets.ts';
import { type Caller, type CallerKeys, identifyCaller, SERVICE } from './caller.ts';
import { ownerOf, type StorageContext } from './context.ts';
import { StorageFailure } from './failure.ts';
import type { PartialFacts, Partials } from './partials.ts';
import { MAX_FILE_BYTES, requireAllowedType, requireObjectName } from './rules.ts';
import { describeBytes, pointAt, requireUploadRight, type UploadTarget } from './upload.ts';

const VERSION = '1.0.0';
const PART = 'application/offset+octet-stream';

/** /upload/resumable: the TUS protocol 1.0 with its extension creation, as far as the hosted service's clients use it. */
export function routeResumable(context: StorageContext, keys: CallerKeys, partials: Partials): Hono {
  /** Uploads that a request is writing to at this moment. */
  const busy = new Set<string>();

  async function create(c: Context): Promise<Response> {
    const request = c.req.raw;
    const caller = await identifyCaller(request, keys);
    const facts = factsOf(request, caller);
    const bucket = await context.database.run(SERVICE, 'storage.tus.upload.create', (scope) =>
      findBucket(scope, facts.bucket),
    );
    if (facts.length > (bucket.file_size_limit ?? MAX_FILE_BYTES))
      throw new StorageFailure('EntityTooLarge', 'The object exceeded the maximum allowed size');
    requireAllowedType(facts.mimetype, bucket.allowed_mime_types);
    await requireRight(caller, facts, 'create');
    const id = await partials.create(facts);
    return answer(201, { location: `${new URL(request.url).origin}/storage/v1/upload/resumable/${id}` });
  }

  async function append(c: Context, id: string): Promise<Response> {
    const caller = await identifyCaller(c.req.raw, keys);
    const found = await find(id, caller);
    if (c.req.header('content-type') !== PART) throw new StorageFailure('InvalidRequest', `Parts are sent as ${PART}`);
    if (Number(c.req.header('upload-offset')) !== found.offset || busy.has(id))
      return answer(409, { 'upload-offset': String(found.offset) });
    busy.add(id);
    try {
      await requireRight(caller, found.facts, 'part');
      await partials.append(id, c.req.raw.body, found.facts.length - found.offset);
      const { offset } = await find(id, caller);
      if (offset === found.facts.length) await finish(id, found.facts);
      return answer(204, { 'upload-offset': String(offset) });
    } finally {
      busy.delete(id);
    }
  }

  async function tell(c: Context, id: string): Promise<Response> {
    const { facts, offset } = await find(id, await identifyCaller(c.req.raw, keys));
    return answer(200, { 'upload-offset': String(offset), 'upload-length': String(facts.length) });
  }

  async function find(id: string, caller: Caller) {
    const found = await partials.find(id);
    if (found === null || found.facts.ownerId !== ownerOf(caller))
      throw new StorageFailure('NoSuchUpload', 'The upload does not exist');
    return found;
  }

  function requireRight(caller: Caller, facts: PartialFacts, step: 'create' | 'part'): Promise<void> {
    return requireUploadRight(context, caller, targetOf(facts, step), {
      mimetype: facts.mimetype,
      declaredSize: facts.length,
      userMetadata: null,
    });
  }

  /** The bytes are whole: the object's row follows. */
  async function finish(id: string, facts: PartialFacts): Promise<void> {
    const stored = await context.files.write(partials.read(id), facts.length);
    await pointAt(context, targetOf(facts, 'part'), stored.version, describeBytes(stored, facts), null);
    await partials.remove(id);
  }

  return new Hono()
    .post('/', create)
    .patch('/:id', (c) => append(c, c.req.param('id')))
    .on('HEAD', '/:id', (c) => tell(c, c.req.param('id')))
    .get('/:id', (c) => tell(c, c.req.param('id')))
    .onError((error) => {
      if (error instanceof StorageFailure) return error.toPlainResponse();
      throw error;
    });
}

function targetOf(facts: PartialFacts, step: 'create' | 'part'): UploadTarget {
  return { ...facts, operation: `storage.tus.upload.${step}` };
}

function factsOf(request: Request, caller: Caller): PartialFacts {
  const length = Number(request.headers.get('upload-length') ?? Number.NaN);
  if (!Number.isSafeInteger(length) || length < 0)
    throw new StorageFailure('InvalidRequest', 'Upload-Length is missing');
  const metadata = parseMetadata(request.headers.get('upload-metadata') ?? '');
  const bucket = metadata.get('bucketName');
  const name = metadata.get('objectName');
  if (bucket === undefined || name === undefined)
    throw new StorageFailure('InvalidRequest', 'Upload-Metadata needs bucketName and objectName');
  return {
    bucket,
    name: requireObjectName(name),
    length,
    mimetype: metadata.get('contentType') ?? 'application/octet-stream',
    cacheControl: `max-age=${metadata.get('cacheControl') ?? '3600'}`,
    upsert: request.headers.get('x-upsert') === 'true',
    ownerId: ownerOf(caller),
  };
}

/** `name base64,name base64` */
function parseMetadata(header: string): ReadonlyMap<string, string> {
  const pairs = header.split(',').map((pair) => pair.trim().split(' '));
  return new Map(pairs.map(([name = '', value = '']) => [name, Buffer.from(value, 'base64').toString('utf8')]));
}

function answer(status: number, headers: Record<string, string>): Response {
  return new Response(null, { status, headers: { 'tus-resumable': VERSION, 'cache-control': 'no-store', ...headers } });
}
