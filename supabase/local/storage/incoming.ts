import { StorageFailure } from './failure.ts';

/** A file on its way in, whichever of the two forms the client chose. */
export interface Incoming {
  readonly bytes: ReadableStream<Uint8Array> | null;
  readonly mimetype: string;
  readonly cacheControl: string;
  /** As the client declares it; null when it does not say. */
  readonly declaredSize: number | null;
  readonly userMetadata: Record<string, unknown> | null;
}

const FORM_OVERHEAD = 64 * 1024;
const MAX_USER_METADATA = 1024 * 1024;
const HEADER_TEXT = /^[\x20-\x7e]*$/;

/**
 * Reads the head of an upload: a raw body (bytes, streams), or a form as browsers send Blob and File. A form is held in memory, so no
 * more than `limit` bytes of it are read; a raw body streams, and whoever writes it keeps the limit.
 */
export async function readIncoming(request: Request, limit: number): Promise<Incoming> {
  const length = request.headers.get('content-length');
  const declaredSize = length === null ? null : Number(length);
  const type = request.headers.get('content-type') ?? 'application/octet-stream';
  if (type.startsWith('multipart/form-data')) return readForm(request, limit);
  if (declaredSize !== null && declaredSize > limit) throw tooLarge();
  return {
    bytes: request.body,
    mimetype: type,
    cacheControl: request.headers.get('cache-control') ?? 'no-cache',
    declaredSize,
    userMetadata: parseMetadata(decodeBase64(request.headers.get('x-metadata'))),
  };
}

async function readForm(request: Request, limit: number): Promise<Incoming> {
  const form = await readCapped(request, limit + FORM_OVERHEAD + MAX_USER_METADATA);
  const file = [...form.values()].find((value) => typeof value !== 'string');
  if (file === undefined) throw new StorageFailure('InvalidRequest', 'No content provided');
  if (file.size > limit) throw tooLarge();
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : null;
  };
  // Both come back out as headers.
  if (!HEADER_TEXT.test(`${text('cacheControl')}${text('contentType')}`))
    throw new StorageFailure('InvalidRequest', 'The form cannot be read');
  const maxAge = text('cacheControl');
  return {
    bytes: file.stream(),
    mimetype: text('contentType') ?? (file.type === '' ? 'application/octet-stream' : file.type),
    cacheControl: maxAge === null ? 'no-cache' : `max-age=${maxAge}`,
    declaredSize: file.size,
    userMetadata: parseMetadata(text('metadata')),
  };
}

async function readCapped(request: Request, cap: number): Promise<FormData> {
  let size = 0;
  const capped = request.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        size += chunk.byteLength;
        if (size > cap) controller.error(tooLarge());
        else controller.enqueue(chunk);
      },
    }),
  );
  const type = request.headers.get('content-type') ?? '';
  try {
    return await new Response(capped ?? null, { headers: { 'content-type': type } }).formData();
  } catch (error) {
    if (size > cap) throw tooLarge();
    throw new StorageFailure('InvalidRequest', 'The form cannot be read', { cause: error });
  }
}

function parseMetadata(json: string | null): Record<string, unknown> | null {
  if (json === null) return null;
  if (json.length > MAX_USER_METADATA)
    throw new StorageFailure('EntityTooLarge', 'The user_metadata exceeded the maximum allowed size');
  try {
    const parsed: unknown = JSON.parse(json);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : null;
  } catch (error) {
    throw new StorageFailure('InvalidRequest', 'The metadata is not valid JSON', { cause: error });
  }
}

function decodeBase64(header: string | null): string | null {
  return header === null ? null : Buffer.from(header, 'base64').toString('utf8');
}

function tooLarge(): StorageFailure {
  return new StorageFailure('EntityTooLarge', 'The object exceeded the maximum allowed size');
}
