import { useEffect } from 'preact/hooks';
import { closeOverlay } from './CloseButton.tsx';
import type { Panel } from './panel/panel.ts';

/** Escape closes the innermost thing. Dialogs, menus and fields take it themselves; what nobody took closes the overlay. */
export function useEscape(panel: Panel): void {
  useEffect(() => {
    if (panel.surface !== 'overlay') return;
    const handleKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      if (document.querySelector('dialog[open], :popover-open') === null) closeOverlay(panel);
    };
    window.addEventListener('keydown', handleKey);
    return () => window.removeEventListener('keydown', handleKey);
  }, [panel]);
}
