import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/**
 * Whoever opens a chat, or comes to the panel with nothing in particular focused, can type at once. On a touch screen a focus
 * would call up the keyboard, so there it is left to the finger.
 */
export function useFieldFocus(field: RefObject<HTMLTextAreaElement | null>): void {
  useEffect(() => {
    if (matchMedia('(pointer: coarse)').matches) return;
    const focus = () => {
      if (document.activeElement === document.body && document.querySelector('dialog[open]') === null) {
        field.current?.focus({ preventScroll: true });
      }
    };
    if (document.querySelector('dialog[open]') === null) field.current?.focus({ preventScroll: true });
    window.addEventListener('focus', focus);
    return () => window.removeEventListener('focus', focus);
  }, [field]);
}
