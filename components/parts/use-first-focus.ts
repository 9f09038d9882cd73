import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** A ref whose element gets the focus when it appears. On a touch screen it does not: there the focus would call up the keyboard. */
export function useFirstFocus<E extends HTMLElement>(): RefObject<E | null> {
  const element = useRef<E>(null);
  useLayoutEffect(() => {
    if (!matchMedia('(pointer: coarse)').matches) element.current?.focus({ preventScroll: true });
  }, []);
  return element;
}
