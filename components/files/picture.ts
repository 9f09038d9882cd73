import { FailureError, failure } from '../../lib/model/failure.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Opens a picture, turned the right way up. Throws `image_unusable`. */
export async function openPicture(file: Blob): Promise<ImageBitmap> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
  if (picture === null || picture.width === 0 || picture.height === 0)
    throw new FailureError(failure('image_unusable'));
  return picture;
}

/** The size with no side longer than `longest` pixels. */
export function scaledTo({ width, height }: Size, longest: number): Size {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

export function draw(picture: ImageBitmap, { width, height }: Size): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d');
  if (context === null) throw new FailureError(failure('image_unusable'));
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, width, height);
  return canvas;
}

/** The canvas as a file; as JPEG where the browser cannot write the wanted type. */
export async function encode(canvas: HTMLCanvasElement, type: string, quality: number): Promise<Blob> {
  const write = (wanted: string) => new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, wanted, quality));
  const wanted = await write(type);
  const blob = wanted?.type === type ? wanted : await write('image/jpeg');
  if (blob === null) throw new FailureError(failure('image_unusable'));
  return blob;
}
