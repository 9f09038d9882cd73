import type { Surface } from '../lib/model/protocol.ts';

/**
 * A page can put a cover over the overlay and let clicks through to it. Browsers with IntersectionObserver v2 tell whether
 * anything covers, moves out or fades the frame; there a sensitive action counts only after half a second of clear sight.
 */
export type Verdict =
  | 'clear'
  /** It was covered until a moment ago, so the click may have been meant for the cover. */
  | 'settling'
  | 'covered'
  /** This browser cannot tell. */
  | 'unsupported';

export interface VisibilityGuard {
  verdict(): Verdict;
}

export interface GuardOptions {
  readonly surface: Surface;
  readonly root: Element;
  readonly signal: AbortSignal;
}

/** How long the panel must have been in clear sight, in milliseconds. */
const SETTLING = 500;
/** The least that the browser allows between two looks. */
const DELAY = 100;
/** Fractions of pixels at the edge are no cover. */
const WHOLE = 0.98;

/**
 * Watches whether the page covers the panel. Only an overlay can be covered. The browser counts everything in the top layer as a
 * cover, the panel's own menus too: while one is open its own sight decides, and the panel's is judged again after it has closed.
 */
export function createVisibilityGuard({ surface, root, signal }: GuardOptions): VisibilityGuard {
  if (surface !== 'overlay') return { verdict: () => 'clear' };
  if (!('isVisible' in IntersectionObserverEntry.prototype)) return { verdict: () => 'unsupported' };
  const now = () => performance.now();
  const sight = createSight(now);
  let rootVisible: boolean | null = null;
  let isJudging = true;
  let menu: { readonly element: Element; readonly sight: Sight } | null = null;
  let reopening: ReturnType<typeof setTimeout> | undefined;

  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.target === menu?.element) menu.sight.report(isWhole(entry));
        if (entry.target !== root) continue;
        rootVisible = isWhole(entry);
        if (isJudging) sight.report(rootVisible);
      }
    },
    { threshold: [0, WHOLE, 1], trackVisibility: true, delay: DELAY } as IntersectionObserverInit,
  );
  observer.observe(root);

  function handleToggle(event: Event): void {
    const { target, newState } = event as ToggleEvent;
    if (!(target instanceof HTMLElement) || target.popover === null) return;
    clearTimeout(reopening);
    if (newState === 'open') {
      isJudging = false;
      menu = { element: target, sight: createSight(now, 0) };
      observer.observe(target);
    } else {
      menu = null;
      observer.unobserve(target);
      reopening = setTimeout(() => {
        isJudging = true;
        if (rootVisible !== null) sight.report(rootVisible);
      }, 3 * DELAY);
    }
  }
  document.addEventListener('toggle', handleToggle, { capture: true, signal });
  signal.addEventListener('abort', () => {
    clearTimeout(reopening);
    observer.disconnect();
  });

  return {
    verdict() {
      const ofMenu = menu?.sight.verdict();
      return ofMenu === undefined || ofMenu === 'settling' ? sight.verdict() : ofMenu;
    },
  };
}

export interface Sight extends VisibilityGuard {
  report(visible: boolean): void;
}

/** The verdict from what was seen so far. A panel that was never covered is clear from the first look on. */
export function createSight(now: () => number, settling = SETTLING): Sight {
  let visible: boolean | null = null;
  let wasCovered = false;
  let since = 0;
  return {
    report(next) {
      if (next === visible) return;
      visible = next;
      wasCovered ||= !next;
      since = now();
    },
    verdict() {
      if (visible === false) return 'covered';
      if (visible === null) return 'settling';
      return wasCovered && now() - since < settling ? 'settling' : 'clear';
    },
  };
}

function isWhole(entry: IntersectionObserverEntry): boolean {
  return (
    (entry as IntersectionObserverEntry & { readonly isVisible: boolean }).isVisible && entry.intersectionRatio >= WHOLE
  );
}
