/** How wide the overlay may be, in CSS pixels. */
export const OVERLAY_WIDTH = { default: 380, min: 320, max: 720 } as const;

/** A width within the limits, in whole CSS pixels. */
export function clampWidth(width: number): number {
  return Math.round(Math.min(OVERLAY_WIDTH.max, Math.max(OVERLAY_WIDTH.min, width)));
}
