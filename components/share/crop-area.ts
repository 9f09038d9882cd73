/** A part of a picture, in parts of its sides. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const WHOLE_AREA: Area = { left: 0, top: 0, right: 1, bottom: 1 };

export type Corner = 'top left' | 'top right' | 'bottom left' | 'bottom right';

/** The least that may be cut out, in parts of a side. */
const LEAST = 0.05;
/** Longer sides are made smaller before they are sent. */
const LONGEST = 2_000;

/** The area with one corner moved by so much of each side; it stays within the picture and never turns over. */
export function moveCorner(area: Area, corner: Corner, dx: number, dy: number): Area {
  const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
  return {
    left: corner.endsWith('left') ? clamp(area.left + dx, 0, area.right - LEAST) : area.left,
    right: corner.endsWith('right') ? clamp(area.right + dx, area.left + LEAST, 1) : area.right,
    top: corner.startsWith('top') ? clamp(area.top + dy, 0, area.bottom - LEAST) : area.top,
    bottom: corner.startsWith('bottom') ? clamp(area.bottom + dy, area.top + LEAST, 1) : area.bottom,
  };
}

/** The area as a picture file of its own: what lies outside is not in it. */
export async function cutOut(picture: ImageBitmap, area: Area): Promise<File> {
  const x = Math.round(area.left * picture.width);
  const y = Math.round(area.top * picture.height);
  const width = Math.max(1, Math.round((area.right - area.left) * picture.width));
  const height = Math.max(1, Math.round((area.bottom - area.top) * picture.height));
  const scale = Math.min(1, LONGEST / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  canvas.getContext('2d')?.drawImage(picture, x, y, width, height, 0, 0, canvas.width, canvas.height);
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  return new File([blob], 'screenshot.png', { type: 'image/png' });
}
