/** Name of the highlight in the registry of the page. */
const SHOWN = 'sideroom-passage';
const FADING = 'sideroom-passage-fading';

/** Milliseconds for which a passage stands out, and for which it fades. */
const SHOWN_FOR = 8_000;
const FADES_FOR = 600;

/**
 * The rules of the highlight, in sRGB because pages have no tokens of ours. The background puts them into the page as a style of the
 * person (`scripting.insertCSS` with the origin `USER`): so they hold in shadow roots and under any content security policy, and
 * nothing of the page's own changes.
 */
export const HIGHLIGHT_CSS = `
::highlight(${SHOWN}) { background-color: #ffd84d !important; color: #1d1a12 !important; }
::highlight(${FADING}) { background-color: #ffd84d66 !important; }
`;

/**
 * Marks a range with the CSS Custom Highlight API, which leaves the document as it is, and brings it into the middle of the window.
 * The mark fades after some seconds; another one, or the signal, takes it away at once.
 */
export function showHighlight(range: Range, signal: AbortSignal): void {
  scrollTo(range);
  setHighlight(SHOWN, range);
  const timers = [
    setTimeout(() => setHighlight(FADING, range), SHOWN_FOR),
    setTimeout(clearHighlight, SHOWN_FOR + FADES_FOR),
  ];
  signal.addEventListener('abort', () => {
    for (const timer of timers) clearTimeout(timer);
    clearHighlight();
  });
}

/** Takes away what is highlighted. */
function clearHighlight(): void {
  CSS.highlights.delete(SHOWN);
  CSS.highlights.delete(FADING);
}

function setHighlight(name: string, range: Range): void {
  clearHighlight();
  CSS.highlights.set(name, new Highlight(range));
}

function scrollTo(range: Range): void {
  const element = range.startContainer instanceof Element ? range.startContainer : range.startContainer.parentElement;
  if (element === null) return;
  const view = element.ownerDocument.defaultView;
  const calm = view?.matchMedia('(prefers-reduced-motion: reduce)').matches === true;
  // Brings its scrolling boxes along; then the passage itself, which may lie deep in a long element.
  element.scrollIntoView({ block: 'center', behavior: 'instant' });
  const { top, bottom } = range.getBoundingClientRect();
  const off = (top + bottom) / 2 - (view?.innerHeight ?? 0) / 2;
  if (view !== null && Math.abs(off) > view.innerHeight / 3)
    view.scrollBy({ top: off, behavior: calm ? 'instant' : 'smooth' });
}
