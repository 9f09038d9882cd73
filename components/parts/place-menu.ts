/** Space between a menu and its button, and between a menu and the panel's edge, in CSS pixels. */
const GAP = 4;
const EDGE = 8;

/** Puts a menu next to its button: below it, or above it where there is more room. */
export function placeMenu(menu: HTMLElement, button: HTMLElement): void {
  const box = button.getBoundingClientRect();
  const { innerWidth, innerHeight } = window;
  const below = innerHeight - box.bottom;
  const style = menu.style;
  const isLow = box.top > below;
  style.top = isLow ? 'auto' : `${box.bottom + GAP}px`;
  style.bottom = isLow ? `${innerHeight - box.top + GAP}px` : 'auto';
  const isRight = box.left + box.right > innerWidth;
  const furthest = innerWidth - EDGE - menu.offsetWidth;
  style.left = isRight ? 'auto' : `${Math.max(EDGE, Math.min(box.left, furthest))}px`;
  style.right = isRight ? `${Math.max(EDGE, Math.min(innerWidth - box.right, furthest))}px` : 'auto';
  style.maxHeight = `${Math.max(box.top, below) - GAP - EDGE}px`;
}
