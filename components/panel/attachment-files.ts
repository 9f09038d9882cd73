import { type ReadonlySignal, signal } from '@preact/signals';
import type { HubClient } from '../../lib/hub/panel-client.ts';
import { fromBase64 } from '../../lib/model/base64.ts';
import type { AttachmentPlace } from '../../lib/model/files.ts';

/** Files of messages, read through the hub. */
export interface AttachmentFiles {
  /** The small picture as an address of this page's own; null while it is loading, and for what is none. */
  thumbnail(place: Omit<AttachmentPlace, 'part'>): ReadonlySignal<string | null>;
  /** All bytes of a file. `onProgress` hears shares from 0 to 1. Rejects with a FailureError, or the signal's reason. */
  load(place: Omit<AttachmentPlace, 'part'>, onProgress: (share: number) => void, signal: AbortSignal): Promise<Blob>;
}

export function createAttachmentFiles(client: HubClient): AttachmentFiles {
  const thumbnails = new Map<string, ReadonlySignal<string | null>>();

  async function read(place: AttachmentPlace, onProgress: (share: number) => void, ends?: AbortSignal): Promise<Blob> {
    const parts: BlobPart[] = [];
    let offset = 0;
    for (;;) {
      const { data, size } = await client.request('readAttachment', { ...place, offset });
      ends?.throwIfAborted();
      const bytes = fromBase64(data);
      parts.push(bytes);
      offset += bytes.length;
      onProgress(size === 0 ? 1 : offset / size);
      if (offset >= size || bytes.length === 0) return new Blob(parts);
    }
  }

  async function show(place: AttachmentPlace): Promise<string | null> {
    const bytes = await read(place, () => {});
    const type = pictureType(new Uint8Array(await bytes.slice(0, 12).arrayBuffer()));
    return type === null ? null : URL.createObjectURL(new Blob([bytes], { type }));
  }

  return {
    thumbnail({ chatId, id }) {
      const known = thumbnails.get(id);
      if (known !== undefined) return known;
      const picture = signal<string | null>(null);
      thumbnails.set(id, picture);
      show({ chatId, id, part: 'thumbnail' }).then(
        (url) => {
          picture.value = url;
        },
        // Asked for again when it is next shown.
        () => thumbnails.delete(id),
      );
      return picture;
    },
    load: ({ chatId, id }, onProgress, ends) => read({ chatId, id, part: 'file' }, onProgress, ends),
  };
}

/** The type of a small picture by its first bytes; null for anything that our own clients do not make. */
function pictureType(head: Uint8Array): string | null {
  const text = String.fromCharCode(...head);
  if (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) return 'image/webp';
  return text.startsWith('\xff\xd8\xff') ? 'image/jpeg' : null;
}
