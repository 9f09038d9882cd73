import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** While `isOpen`, a press beside `place` calls `onOutside`. */
export function useOutside(place: RefObject<HTMLElement | null>, isOpen: boolean, onOutside: () => void): void {
  const latest = useRef(onOutside);
  latest.current = onOutside;
  useEffect(() => {
    if (!isOpen) return;
    // Also hears the press on the page beside the panel, which takes the focus out of the frame.
    const closeOutside = (event: Event) => {
      if (!(event.target instanceof Node) || !place.current?.contains(event.target)) latest.current();
    };
    document.addEventListener('pointerdown', closeOutside);
    window.addEventListener('blur', closeOutside);
    return () => {
      document.removeEventListener('pointerdown', closeOutside);
      window.removeEventListener('blur', closeOutside);
    };
  }, [place, isOpen]);
}
