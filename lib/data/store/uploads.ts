import { partsOf } from './ranges.ts';
import type { StoredUpload } from './schema.ts';
import type { Store } from './store.ts';

/** What a person added to messages and has not sent, or not got through, the oldest first. */
export function readUploads(store: Store, userId: string): Promise<StoredUpload[]> {
  return store.read(['uploads'], async (transaction) => {
    const uploads = await transaction.objectStore('uploads').getAll();
    return uploads.filter((upload) => upload.userId === userId).sort((a, b) => a.storedAt - b.storedAt);
  });
}

export function writeUpload(store: Store, upload: StoredUpload): Promise<void> {
  return store.write(['uploads'], async (transaction) => {
    await transaction.objectStore('uploads').put(upload);
  });
}

export function writePart(store: Store, fileId: string, index: number, bytes: ArrayBuffer): Promise<void> {
  return store.write(['parts'], async (transaction) => {
    await transaction.objectStore('parts').put({ fileId, index, bytes });
  });
}

/** How many bytes of a file are here. */
export function countBytes(store: Store, fileId: string): Promise<number> {
  return store.read(['parts'], async (transaction) => {
    const parts = await transaction.objectStore('parts').getAll(partsOf(fileId));
    return parts.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  });
}

/** The bytes of a file from an offset on, at most `length`; parts are of `partBytes`. */
export function readBytes(
  store: Store,
  fileId: string,
  { offset, length, partBytes }: { offset: number; length: number; partBytes: number },
): Promise<Uint8Array<ArrayBuffer>> {
  return store.read(['parts'], async (transaction) => {
    const first = Math.floor(offset / partBytes);
    const last = Math.floor((offset + length - 1) / partBytes);
    const range = IDBKeyRange.bound([fileId, first], [fileId, last]);
    const parts = await transaction.objectStore('parts').getAll(range);
    const whole = new Uint8Array(parts.reduce((sum, { bytes }) => sum + bytes.byteLength, 0));
    let place = 0;
    for (const { bytes } of parts) {
      whole.set(new Uint8Array(bytes), place);
      place += bytes.byteLength;
    }
    const start = offset - first * partBytes;
    return whole.slice(start, start + length);
  });
}

/** The file was taken out of the composer. One that goes with a message goes with its entry (`deleteOutboxEntry`). */
export function deleteUpload(store: Store, fileId: string): Promise<void> {
  return store.write(['uploads', 'parts'], async (transaction) => {
    await transaction.objectStore('uploads').delete(fileId);
    await transaction.objectStore('parts').delete(partsOf(fileId));
  });
}
