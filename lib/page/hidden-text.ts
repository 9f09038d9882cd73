import { type Colour, looksSame, over, parseColour } from './colour.ts';

/** The colour on which something is painted; null where that is a picture or not known. */
export type Ground = Colour | null;

export const WHITE: Colour = { red: 255, green: 255, blue: 255, alpha: 1 };

/** What lies behind the content of an element, from what lies behind the element. */
export function groundOf(style: CSSStyleDeclaration, behind: Ground): Ground {
  if (style.backgroundImage !== 'none') return null;
  const own = parseColour(style.backgroundColor);
  if (own === null) return null;
  if (own.alpha === 1) return own;
  return own.alpha === 0 || behind === null ? behind : over(own, behind);
}

/** Whether nobody can read the text that stands right in this element: too small, pushed away, or in the colour of its ground. */
export function isUnreadable(element: Element, style: CSSStyleDeclaration, ground: Ground): boolean {
  if (style.visibility !== 'visible') return true;
  if (Number.parseFloat(style.fontSize) < 2) return true;
  if (Number.parseFloat(style.textIndent) < -500) return true;
  if (style.textShadow !== 'none' || style.backgroundClip.includes('text')) return false;
  const ink = parseColour(style.webkitTextFillColor || style.color);
  if (ink === null) return false;
  if (ink.alpha < 0.05) return !isClippedGround(element);
  if (ground === null || !looksSame(over(ink, ground), ground)) return false;
  return !hasOtherGround(element, ink);
}

/** Letters through which an ancestor's background is seen. */
function isClippedGround(element: Element): boolean {
  const view = element.ownerDocument.defaultView;
  for (let each: Element | null = element; each !== null; each = each.parentElement) {
    if (view?.getComputedStyle(each).backgroundClip.includes('text')) return true;
  }
  return false;
}

const NEAR = 4;
const MANY = 200;

/** Whether a neighbour lies under the text: the picture of a title page, or the track of a switch. Asked only of what seems hidden. */
function hasOtherGround(element: Element, ink: Colour): boolean {
  const view = element.ownerDocument.defaultView;
  const text = element.getBoundingClientRect();
  const x = (text.left + text.right) / 2;
  const y = (text.top + text.bottom) / 2;
  let around: Element | null = element.parentElement;
  for (let level = 0; level < NEAR && around !== null; level++, around = around.parentElement) {
    const neighbours = Array.from(around.querySelectorAll('*')).slice(0, MANY);
    for (const each of neighbours) {
      if (each === element || each.contains(element) || element.contains(each) || view === null) continue;
      const box = each.getBoundingClientRect();
      if (box.left > x || box.right < x || box.top > y || box.bottom < y) continue;
      if (each.matches('img, video, canvas, picture, svg, iframe, object')) return true;
      const style = view.getComputedStyle(each);
      if (style.display === 'none' || style.visibility !== 'visible') continue;
      const ground = groundOf(style, null);
      if (style.backgroundImage !== 'none' || (ground !== null && !looksSame(ground, ink))) return true;
    }
  }
  return false;
}
