/** From this many pixels on somebody sees a box. */
const SEEN = 3;
const ALMOST_NOTHING = 0.05;

/**
 * Whether nobody sees an element or anything in it, as far as its box tells: not laid out, folded away, transparent, cut to nothing,
 * beyond an edge to which the page cannot be scrolled, or said to be no content (`aria-hidden`). Reads styles and boxes alone.
 */
export function isHiddenBox(element: Element, style: CSSStyleDeclaration): boolean {
  return (
    style.display === 'none' ||
    style.contentVisibility === 'hidden' ||
    Number(style.opacity) < ALMOST_NOTHING ||
    /opacity\(0(?:\.0\d*)?%?\)/.test(style.filter) ||
    isFoldedAway(element) ||
    isSaidHidden(element) ||
    isCut(element, style) ||
    isBeyondReach(element, style)
  );
}

function isFoldedAway(element: Element): boolean {
  const parent = element.parentElement;
  return parent?.localName === 'details' && !parent.hasAttribute('open') && element.localName !== 'summary';
}

/** Dialogs hide the whole page behind them in this way; what holds the main text is content whatever it says. */
function isSaidHidden(element: Element): boolean {
  if (element.getAttribute('aria-hidden') !== 'true') return false;
  return (
    !element.matches('body, main, article, h1, [role="main"]') && element.querySelector('main, article, h1') === null
  );
}

function isCut(element: Element, style: CSSStyleDeclaration): boolean {
  if (style.clip !== 'auto' && /^(absolute|fixed)$/.test(style.position) && isEmptyClip(style.clip)) return true;
  if (style.clipPath !== 'none' && isEmptyClipPath(style.clipPath)) return true;
  const clips = style.overflowX !== 'visible' || style.overflowY !== 'visible';
  const shrinks = style.transform !== 'none' || style.scale !== 'none';
  if (!clips && !shrinks) return false;
  // Inline boxes clip nothing.
  if (style.display === 'inline' || style.display === 'contents') return false;
  const { width, height } = element.getBoundingClientRect();
  return width < SEEN || height < SEEN;
}

function isEmptyClip(clip: string): boolean {
  const [top = 0, right = 0, bottom = 0, left = 0] = (clip.match(/-?[\d.]+/g) ?? []).map(Number);
  return !clip.includes('auto') && (right - left < SEEN || bottom - top < SEEN);
}

function isEmptyClipPath(path: string): boolean {
  const [, inset] = /^inset\((?:[\d.]+(?:px|%)? )*([\d.]+)%/.exec(path) ?? [];
  return Number(inset ?? 0) >= 50 || /^(?:circle|ellipse)\(0(?:px|%)?[ )]/.test(path);
}

function isBeyondReach(element: Element, style: CSSStyleDeclaration): boolean {
  const moved = style.position !== 'static' || style.transform !== 'none' || style.translate !== 'none';
  const pushed = Number.parseFloat(style.marginLeft) < -200 || Number.parseFloat(style.marginTop) < -200;
  if (!moved && !pushed) return false;
  const box = element.getBoundingClientRect();
  // A box without a size may have visible children.
  if (box.width === 0 || box.height === 0) return false;
  const view = element.ownerDocument.defaultView;
  const root = element.ownerDocument.documentElement;
  if (view === null) return false;
  if (style.position === 'fixed') {
    return box.right <= 0 || box.bottom <= 0 || box.left >= view.innerWidth || box.top >= view.innerHeight;
  }
  const [left, right] = [box.left + view.scrollX, box.right + view.scrollX];
  if (box.bottom + view.scrollY <= 0) return true;
  const rightToLeft = view.getComputedStyle(root).direction === 'rtl';
  if (rightToLeft ? left >= root.clientWidth : right <= 0) return true;
  return (rightToLeft ? right <= 0 : left >= root.clientWidth) && cannotScrollAside(view, root);
}

function cannotScrollAside(view: Window, root: Element): boolean {
  const { body } = root.ownerDocument;
  return [root, body].some((element) => /hidden|clip/.test(view.getComputedStyle(element).overflowX));
}
