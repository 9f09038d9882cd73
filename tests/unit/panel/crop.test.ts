import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CENTERED,
  type Crop,
  clampCrop,
  MAX_ZOOM,
  moveCrop,
  sourceSquare,
  zoomCrop,
} from '../../../components/account/crop.ts';

const landscape = { width: 900, height: 600 };
const portrait = { width: 600, height: 900 };

describe('the square that is cut out', () => {
  test('is the largest one out of the middle at first', () => {
    expect(sourceSquare(landscape, CENTERED)).toEqual({ x: 150, y: 0, side: 600 });
    expect(sourceSquare(portrait, CENTERED)).toEqual({ x: 0, y: 150, side: 600 });
  });

  test('moves against the picture: a picture dragged to the right shows more of its left', () => {
    const crop = moveCrop(landscape, CENTERED, 0.1, 0);
    expect(sourceSquare(landscape, crop)).toEqual({ x: 90, y: 0, side: 600 });
  });

  test('stops at the edges', () => {
    expect(sourceSquare(landscape, moveCrop(landscape, CENTERED, 5, 5))).toEqual({ x: 0, y: 0, side: 600 });
    expect(sourceSquare(landscape, moveCrop(landscape, CENTERED, -5, -5))).toEqual({ x: 300, y: 0, side: 600 });
  });

  test('gets smaller by zooming, around the middle', () => {
    expect(sourceSquare(landscape, zoomCrop(landscape, CENTERED, 2))).toEqual({ x: 300, y: 150, side: 300 });
  });
});

const pictures = fc.record({ width: fc.integer({ min: 1, max: 8000 }), height: fc.integer({ min: 1, max: 8000 }) });
const numbers = fc.double({ min: -3, max: 3, noNaN: true });
const crops = fc.record({ zoom: fc.double({ min: -1, max: 9, noNaN: true }), x: numbers, y: numbers });

test('never holds anything but picture', () => {
  fc.assert(
    fc.property(pictures, crops, (picture, wish) => {
      const { x, y, side } = sourceSquare(picture, clampCrop(picture, wish));
      const tolerance = 1e-6 * Math.max(picture.width, picture.height);
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(-tolerance);
      expect(x + side).toBeLessThanOrEqual(picture.width + tolerance);
      expect(y + side).toBeLessThanOrEqual(picture.height + tolerance);
    }),
    { seed: 3, numRuns: 500 },
  );
});

test('zooming in holds the point under the pointer', () => {
  /** The picture's own pixel under a point of the square. */
  const under = (crop: Crop, px: number) => {
    const { x, side } = sourceSquare(landscape, crop);
    return x + (px + 0.5) * side;
  };
  fc.assert(
    fc.property(
      fc.double({ min: -0.5, max: 0.5, noNaN: true }),
      fc.double({ min: 1, max: MAX_ZOOM, noNaN: true }),
      (px, zoom) => {
        expect(under(zoomCrop(landscape, CENTERED, zoom, px, 0), px)).toBeCloseTo(under(CENTERED, px), 6);
      },
    ),
    { seed: 4, numRuns: 200 },
  );
});
