import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { usePanel } from '../panel/panel-context.ts';

/**
 * Whoever opens a chat, or comes back to the panel with nothing focused, can type at once. On a touch screen a focus would call
 * up the keyboard, so there it is left to the finger.
 */
export function useFieldFocus(field: RefObject<HTMLTextAreaElement | null>): void {
  const { mayFocus } = usePanel();

  useEffect(() => {
    if (matchMedia('(pointer: coarse)').matches) return;
    const focus = () => {
      if (mayFocus() && document.querySelector('dialog[open]') === null) field.current?.focus({ preventScroll: true });
    };
    const handleReturn = () => {
      if (document.activeElement === null || document.activeElement === document.body) focus();
    };
    focus();
    // A draft goes on where it ended.
    const end = field.current?.value.length ?? 0;
    field.current?.setSelectionRange(end, end);
    window.addEventListener('focus', handleReturn);
    return () => window.removeEventListener('focus', handleReturn);
  }, [field, mayFocus]);
}
