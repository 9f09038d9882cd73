import { toBase64 } from '../../lib/model/base64.ts';
import { type FileFacts, PART_BYTES } from '../../lib/model/files.ts';
import { newId } from '../../lib/model/ids.ts';
import type { TestPerson } from './people.ts';

/** A file with bytes that tell their places. */
export function someBytes(size: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: size }, (_, index) => (index * 31 + (index >> 8)) & 0xff);
}

export function fileOf(bytes: Uint8Array, more: Partial<FileFacts> = {}): FileFacts {
  return {
    id: newId(),
    name: 'notes.bin',
    contentType: 'application/octet-stream',
    size: bytes.length,
    width: null,
    height: null,
    hasThumbnail: false,
    ...more,
  };
}

/** Adds a file to the chat's composer, as the panel does. */
export async function stage(
  { panel }: Pick<TestPerson, 'panel'>,
  chatId: string,
  bytes: Uint8Array,
  more: Partial<FileFacts> = {},
  thumbnail: Uint8Array | null = null,
): Promise<FileFacts> {
  const file = fileOf(bytes, { hasThumbnail: thumbnail !== null, ...more });
  await panel.request('stageFile', { chatId, file, thumbnail: thumbnail === null ? null : toBase64(thumbnail) });
  for (let index = 0; index * PART_BYTES < bytes.length; index++) {
    const data = toBase64(bytes.subarray(index * PART_BYTES, (index + 1) * PART_BYTES));
    await panel.request('stagePart', { id: file.id, index, data });
  }
  return file;
}
