import { FailureError, failure } from '../model/failure.ts';
import type { AttachmentPlace, FileFacts } from '../model/files.ts';
import { type Backend, run } from './backend.ts';
import { classifyStatus } from './classify.ts';

export const ATTACHMENTS_BUCKET = 'attachments';
const UNIQUE_VIOLATION = '23505';
/** Bytes of one answer. */
const PIECE = 512 * 1024;

/** Where a file's bytes lie in its bucket. */
export function attachmentPath({ chatId, id, part }: AttachmentPlace): string {
  return `${chatId}/${id}${part === 'thumbnail' ? '.thumb' : ''}`;
}

/** Announces a file, whose bytes may then be uploaded. The same id again is the same file. Fails with `not_member`. */
export async function addAttachment(backend: Backend, chatId: string, file: FileFacts): Promise<void> {
  const { id, name, contentType, size, width, height, hasThumbnail } = file;
  const row = { id, chat_id: chatId, name, size, width, height };
  const more = { content_type: contentType, has_thumbnail: hasThumbnail };
  await run<unknown>(
    backend,
    () =>
      backend.client
        .from('attachments')
        .insert({ ...row, ...more })
        .throwOnError(),
    (code) => (code === UNIQUE_VIOLATION ? {} : undefined),
  );
}

/** Takes back a file that was not sent. */
export async function discardAttachment(backend: Backend, id: string): Promise<void> {
  await run(backend, () => backend.client.rpc('discard_attachment', { p_attachment: id }).throwOnError());
}

/** Some bytes of a file from an offset on, and how many it has in all. Fails with `not_found`, also when it is not the caller's to read. */
export async function readAttachment(
  backend: Backend,
  place: AttachmentPlace,
  offset: number,
): Promise<{ bytes: Uint8Array; size: number }> {
  const path = `/storage/v1/object/authenticated/${ATTACHMENTS_BUCKET}/${attachmentPath(place)}`;
  const headers = { range: `bytes=${offset}-${offset + PIECE - 1}` };
  const response = await backend.transfer(path, { headers });
  if (response.status === 400) throw new FailureError(failure('not_found'));
  if (!response.ok) throw new FailureError(classifyStatus(response.status));
  const bytes = new Uint8Array(await response.arrayBuffer());
  const total = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
  return { bytes, size: total === undefined ? bytes.length : Number(total) };
}
