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
 * Watches whether the page covers the panel. Only an overlay can be covered. The browser counts what lies in the top layer (modal
 * dialogs, popovers) as a cover even if it is the panel's own, so the panel has none of these.
 */
export function createVisibilityGuard({ surface, root, signal }: GuardOptions): VisibilityGuard {
  if (surface !== 'overlay') return { verdict: () => 'clear' };
  if (!('isVisible' in IntersectionObserverEntry.prototype)) return { verdict: () => 'unsupported' };
  const sight = createSight(() => performance.now());
  const options = { threshold: [0, WHOLE, 1], trackVisibility: true, delay: DELAY } as IntersectionObserverInit;
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) sight.report(isWhole(entry));
  }, options);
  observer.observe(root);
  signal.addEventListener('abort', () => observer.disconnect());
  return sight;
}

export interface Sight extends VisibilityGuard {
  report(visible: boolean): void;
}

/** The verdict from what was seen so far. A panel that was never covered is clear from the first look on. */
export function createSight(now: () => number): Sight {
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
      return wasCovered && now() - since < SETTLING ? 'settling' : 'clear';
    },
  };
}

function isWhole(entry: IntersectionObserverEntry): boolean {
  return (
    (entry as IntersectionObserverEntry & { readonly isVisible: boolean }).isVisible && entry.intersectionRatio >= WHOLE
  );
}
