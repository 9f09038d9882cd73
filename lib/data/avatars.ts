import { FailureError, failure } from '../model/failure.ts';
import type { Backend } from './backend.ts';
import { classify } from './classify.ts';

const BUCKET = 'avatars';
/** As the bucket allows. */
const MAX_BYTES = 262_144;
const DATA_URL = /^data:(image\/(webp|png|jpeg));base64,([a-z0-9+/]+=*)$/i;

/** Stores a picture given as data URL below the person's own id and returns its path. Fails with `image_unusable`. */
export async function uploadAvatar(backend: Backend, userId: string, dataUrl: string): Promise<string> {
  const [, contentType, extension, base64] = DATA_URL.exec(dataUrl) ?? [];
  if (contentType === undefined || base64 === undefined) throw new FailureError(failure('image_unusable'));
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  if (bytes.length > MAX_BYTES) throw new FailureError(failure('image_unusable'));
  const path = `${userId}/${crypto.randomUUID()}.${extension}`;
  const { error } = await backend.client.storage.from(BUCKET).upload(path, bytes, { contentType });
  if (error !== null) {
    const found = classify(error);
    // Whatever else the bucket refuses, it refuses for the picture.
    throw new FailureError(found.kind === 'invalid' || found.kind === 'unknown' ? failure('image_unusable') : found);
  }
  return path;
}

/** The picture as data URL; null when it is gone or hidden. */
export async function downloadAvatar(backend: Backend, path: string): Promise<string | null> {
  const { data, error } = await backend.client.storage.from(BUCKET).download(path);
  if (error !== null) {
    const found = classify(error);
    if (found.kind === 'invalid' || found.kind === 'unknown') return null;
    throw new FailureError(found);
  }
  const bytes = new Uint8Array(await data.arrayBuffer());
  return `data:${data.type};base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`;
}

export async function removeAvatar(backend: Backend, path: string): Promise<void> {
  const { error } = await backend.client.storage.from(BUCKET).remove([path]);
  if (error !== null) throw new FailureError(classify(error));
}
