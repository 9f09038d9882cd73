const WIDTH = 960;
const HEIGHT = 900;
const MARGIN = 20;

export interface WindowPlace {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Places for so many windows, side by side from the left; a screen too narrow for that shows them overlapping, each by its edge. */
export function placeWindows(count: number): WindowPlace[] {
  return Array.from({ length: count }, (_, index) => ({
    left: MARGIN + index * (count > 2 ? WIDTH / 2 : WIDTH),
    top: MARGIN,
    width: WIDTH,
    height: HEIGHT,
  }));
}
