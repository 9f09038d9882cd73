import { FailureError, failure } from '../../lib/model/failure.ts';
import { type FileFacts, MAX_FILE_BYTES } from '../../lib/model/files.ts';
import { newId } from '../../lib/model/ids.ts';
import { draw, encode, openPicture, scaledTo } from './picture.ts';
import { sniff } from './sniff.ts';

/** A file as it goes out. */
export interface Prepared {
  readonly facts: FileFacts;
  readonly bytes: Blob;
  /** A small picture of it as WebP (or JPEG, where the browser cannot write that). */
  readonly thumbnail: Blob | null;
}

/** Drawn anew, which leaves behind what the camera noted, the place above all. What they become, by what they are. */
const REDRAWN: Readonly<Record<string, string>> = {
  'image/jpeg': 'image/jpeg',
  'image/png': 'image/png',
  'image/apng': 'image/png',
  'image/webp': 'image/webp',
  'image/avif': 'image/webp',
  'image/bmp': 'image/png',
};
const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
};
/** Pictures that browsers cannot draw, so that what the camera noted would stay. */
const UNREADABLE =
  /^image\/(hei[cf](-sequence)?|tiff|jxl|jp[2xm]|x-(adobe-dng|canon-cr[23]|nikon-nef|sony-arw|panasonic-rw2|olympus-orf|fujifilm-raf))$/;

const LONGEST_SIDE = 8_192;
const THUMBNAIL_SIDE = 640;
const QUALITY = { picture: 0.92, thumbnail: 0.8 };
const MAX_NAME = 120;

/** Looks at a file, takes the place out of a picture, and makes a small picture of it. Throws a FailureError for what cannot be sent. */
export async function prepareFile(file: File): Promise<Prepared> {
  if (file.size === 0) throw new FailureError(failure('file_empty'));
  if (file.size > MAX_FILE_BYTES) throw new FailureError(failure('file_too_large'));
  const contentType = await sniff(file);
  if (UNREADABLE.test(contentType)) throw new FailureError(failure('location_stays'));
  if (REDRAWN[contentType] !== undefined || contentType === 'image/gif') return preparePicture(file, contentType);
  const facts = { id: newId(), name: nameOf(file.name), contentType, size: file.size };
  return { facts: { ...facts, width: null, height: null, hasThumbnail: false }, bytes: file, thumbnail: null };
}

async function preparePicture(file: File, contentType: string): Promise<Prepared> {
  const picture = await openPicture(file);
  try {
    const target = REDRAWN[contentType];
    // A GIF keeps its frames; it holds no place.
    const bytes = target === undefined ? file : await redraw(picture, target);
    if (bytes.size > MAX_FILE_BYTES) throw new FailureError(failure('file_too_large'));
    const { width, height } = scaledTo(picture, LONGEST_SIDE);
    const thumbnail = await encode(draw(picture, scaledTo(picture, THUMBNAIL_SIDE)), 'image/webp', QUALITY.thumbnail);
    const name = bytes.type === contentType ? nameOf(file.name) : renamed(nameOf(file.name), bytes.type);
    const facts = { id: newId(), name, contentType: bytes.type === '' ? contentType : bytes.type, size: bytes.size };
    return { facts: { ...facts, width, height, hasThumbnail: true }, bytes, thumbnail };
  } finally {
    picture.close();
  }
}

/** As the same kind of picture, or as WebP where that would be too large. */
async function redraw(picture: ImageBitmap, type: string): Promise<Blob> {
  const canvas = draw(picture, scaledTo(picture, LONGEST_SIDE));
  const bytes = await encode(canvas, type, QUALITY.picture);
  return bytes.size <= MAX_FILE_BYTES ? bytes : encode(canvas, 'image/webp', QUALITY.thumbnail);
}

/** The name in a length that is shown, its ending kept. */
function nameOf(name: string): string {
  const clean = name.toWellFormed().replaceAll('\0', '').trim() || 'file';
  if (clean.length <= MAX_NAME) return clean;
  const ending = /\.[^.]{1,10}$/.exec(clean)?.[0] ?? '';
  return `${clean.slice(0, MAX_NAME - ending.length - 1).toWellFormed()}…${ending}`;
}

function renamed(name: string, type: string): string {
  const ending = ENDINGS[type];
  return ending === undefined ? name : `${name.replace(/\.[^.]{1,10}$/, '')}.${ending}`;
}
