import { FailureError, failure } from '../../lib/model/failure.ts';
import { type Crop, sourceSquare } from './crop.ts';

/** What the server takes for a picture, in bytes. */
const MAX_BYTES = 256 * 1024;
/** Side of the stored picture in pixels: sharp at the largest place where it is shown. */
const SIDE = 320;

/** Opens a picture file, turned the right way up. Throws `image_unusable` for anything that is not one. */
export async function decodePicture(file: Blob): Promise<ImageBitmap> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
  if (picture === null || picture.width === 0 || picture.height === 0)
    throw new FailureError(failure('image_unusable'));
  return picture;
}

/** The square that was cut out, as data URL of at most 256 KiB; as WebP, or JPEG where the browser cannot write that. */
export async function cropPicture(picture: ImageBitmap, crop: Crop): Promise<string> {
  const canvas = document.createElement('canvas');
  canvas.width = SIDE;
  canvas.height = SIDE;
  const context = canvas.getContext('2d');
  if (context === null) throw new FailureError(failure('image_unusable'));
  const { x, y, side } = sourceSquare(picture, crop);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, x, y, side, side, 0, 0, SIDE, SIDE);
  for (const quality of [0.9, 0.75, 0.5]) {
    const blob = await encode(canvas, quality);
    if (blob.size <= MAX_BYTES) return toDataUrl(blob);
  }
  throw new FailureError(failure('image_unusable'));
}

async function encode(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  const webp = await toBlob(canvas, 'image/webp', quality);
  const blob = webp?.type === 'image/webp' ? webp : await toBlob(canvas, 'image/jpeg', quality);
  if (blob === null) throw new FailureError(failure('image_unusable'));
  return blob;
}

function toBlob(canvas: HTMLCanvasElement, type: string, quality: number): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, type, quality));
}

function toDataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
