import { useLayoutEffect, useRef } from 'preact/hooks';
import { usePanel } from '../panel/panel-context.ts';

/** While `isOpen`, Escape calls `onEscape` unless something opened later is there to be closed first. */
export function useLayer(isOpen: boolean, onEscape: () => void): void {
  const { layers } = usePanel();
  const latest = useRef(onEscape);
  latest.current = onEscape;
  useLayoutEffect(() => (isOpen ? layers.open(() => latest.current()) : undefined), [layers, isOpen]);
}
