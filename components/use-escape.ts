import { useEffect } from 'preact/hooks';
import { closeOverlay } from './CloseButton.tsx';
import type { Panel } from './panel/panel.ts';

/** Escape closes the innermost thing that is open; with nothing open it closes the overlay. */
export function useEscape(panel: Panel): void {
  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      if (!panel.layers.closeInnermost() && panel.surface === 'overlay') closeOverlay(panel);
    };
    window.addEventListener('keydown', handleKey);
    return () => window.removeEventListener('keydown', handleKey);
  }, [panel]);
}
