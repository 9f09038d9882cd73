import { Readable } from 'node:stream';
import { StorageFailure } from './failure.ts';
import type { Files } from './files.ts';
import type { ObjectRow } from './objects.ts';
import { parseRange } from './range.ts';
import { essenceOf } from './rules.ts';

export interface DeliveryOptions {
  /** Name to save under; empty keeps the object's; null shows it in place. */
  readonly download: string | null;
  /** When the right to it ends (ms since 1970), for signed URLs. */
  readonly expires?: number;
}

/** Types that a browser would run as a page of this origin. */
const ACTIVE = /^(text\/html|text\/xml|application\/xml|application\/xhtml\+xml|[^/]+\/[^/]+\+xml)$/;

/** An object's bytes, whole or in part, with headers that let no stored file act as a page of this origin. */
export async function deliverObject(
  request: Request,
  row: ObjectRow,
  files: Files,
  options: DeliveryOptions,
): Promise<Response> {
  const headers = describe(row, options);
  if (matches(request.headers.get('if-none-match'), row.metadata.eTag))
    return new Response(null, { status: 304, headers });
  const file = await files.open(row.version);
  if (file === null) throw new StorageFailure('NoSuchKey', 'Object not found');

  const { size } = row.metadata;
  const ifRange = request.headers.get('if-range');
  const range =
    ifRange === null || ifRange === row.metadata.eTag ? parseRange(request.headers.get('range'), size) : null;
  if (range === 'unsatisfiable' || request.method === 'HEAD' || size === 0) await file.close();
  if (range === 'unsatisfiable') {
    return new Response(null, {
      status: 416,
      headers: { 'content-range': `bytes */${size}`, 'accept-ranges': 'bytes' },
    });
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  headers.set('content-length', String(end - start + 1));
  if (range !== null) headers.set('content-range', `bytes ${start}-${end}/${size}`);
  const status = range === null ? 200 : 206;
  if (request.method === 'HEAD' || size === 0) return new Response(null, { status, headers });
  // Closes the file at its end, and when the client goes away.
  const body = Readable.toWeb(file.createReadStream({ start, end })) as ReadableStream<Uint8Array>;
  return new Response(body, { status, headers });
}

function describe(row: ObjectRow, { download, expires }: DeliveryOptions): Headers {
  const { metadata } = row;
  const headers = new Headers({
    'accept-ranges': 'bytes',
    'cache-control': metadata.cacheControl,
    'content-type': metadata.mimetype,
    etag: metadata.eTag,
    'last-modified': new Date(metadata.lastModified).toUTCString(),
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'none',
  });
  if (expires !== undefined) headers.set('expires', new Date(expires).toUTCString());
  const active = ACTIVE.test(essenceOf(metadata.mimetype));
  if (active) headers.set('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  if (download !== null || active)
    headers.set('content-disposition', attachment(download || (row.name.split('/').at(-1) ?? '')));
  return headers;
}

function attachment(name: string): string {
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  return name === '' ? 'attachment' : `attachment; filename*=UTF-8''${encoded}`;
}

function matches(header: string | null, etag: string): boolean {
  return (header ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag || tag.trim() === '*');
}
