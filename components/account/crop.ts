/** Cutting a square out of a picture: pure geometry, in a square stage of side 1. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How the picture lies under the square. */
export interface Crop {
  /** 1: the shorter side just fills the square. */
  readonly zoom: number;
  /** Where the picture's centre lies, measured from the square's centre in sides of the square. */
  readonly x: number;
  readonly y: number;
}

export const MAX_ZOOM = 4;

/** The largest square out of the middle. */
export const CENTERED: Crop = { zoom: 1, x: 0, y: 0 };

/** The nearest crop that leaves no part of the square empty. */
export function clampCrop(picture: Size, crop: Crop): Crop {
  const zoom = Math.min(MAX_ZOOM, Math.max(1, crop.zoom));
  const { width, height } = laidOut(picture, zoom);
  const reachX = (width - 1) / 2;
  const reachY = (height - 1) / 2;
  return { zoom, x: Math.min(reachX, Math.max(-reachX, crop.x)), y: Math.min(reachY, Math.max(-reachY, crop.y)) };
}

/** Moves the picture by parts of the square's side. */
export function moveCrop(picture: Size, crop: Crop, dx: number, dy: number): Crop {
  return clampCrop(picture, { ...crop, x: crop.x + dx, y: crop.y + dy });
}

/** Zooms so that the point at (px, py), measured like x and y, stays where it is. */
export function zoomCrop(picture: Size, crop: Crop, zoom: number, px = 0, py = 0): Crop {
  const factor = Math.min(MAX_ZOOM, Math.max(1, zoom)) / crop.zoom;
  return clampCrop(picture, {
    zoom: crop.zoom * factor,
    x: px + (crop.x - px) * factor,
    y: py + (crop.y - py) * factor,
  });
}

/** The part of the picture under the square, in its own pixels. */
export function sourceSquare(picture: Size, crop: Crop): { x: number; y: number; side: number } {
  const side = Math.min(picture.width, picture.height) / crop.zoom;
  return { x: picture.width / 2 - (crop.x + 0.5) * side, y: picture.height / 2 - (crop.y + 0.5) * side, side };
}

/** Width and height of the whole picture, in sides of the square. */
function laidOut(picture: Size, zoom: number): Size {
  const shorter = Math.min(picture.width, picture.height);
  return { width: (picture.width / shorter) * zoom, height: (picture.height / shorter) * zoom };
}
