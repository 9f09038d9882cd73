import type { Surface } from '../../lib/model/protocol.ts';

/** Where this page is shown, and what it shows the hub to be let in. */
export interface Place {
  readonly surface: Surface;
  readonly pass: string | null;
  /** It was there before the page was loaded anew: the keyboard stays with the page until the person comes to the panel. */
  readonly isBack: boolean;
}

/**
 * Reads the fragment: `#overlay:<pass>`, `#overlay:<pass>:back`, `#side-panel` or `#window`. In a frame the panel is an overlay
 * whatever the fragment says: only the hub can let it be more than that. The pass is taken out of the address once it was read.
 */
export function readPlace(window: Pick<Window, 'location' | 'history' | 'top' | 'self'>): Place {
  const [name, pass, how] = window.location.hash.slice(1).split(':', 3);
  const isFramed = window.top !== window.self;
  if (!isFramed && (name === 'side-panel' || name === 'window')) return { surface: name, pass: null, isBack: false };
  if (pass !== undefined) window.history.replaceState(null, '', window.location.pathname);
  return { surface: 'overlay', pass: pass ?? null, isBack: how === 'back' };
}
