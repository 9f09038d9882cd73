import { useRef, useState } from 'preact/hooks';
import { clampWidth } from '../lib/model/overlay-width.ts';
import './resize-handle.css';
import { usePanel } from './panel/panel-context.ts';

/** One press of an arrow key, in CSS pixels. */
const STEP = 16;

/** The edge between page and overlay: drag it, or move it by arrow keys. The background decides how far it goes. */
export function ResizeHandle() {
  const { client, toaster } = usePanel();
  const drag = useRef<{ screenX: number; width: number } | null>(null);
  const pendingFrame = useRef(0);
  const [width, setWidth] = useState(() => window.innerWidth);
  /** What was asked for last: the frame follows later, and the next press must not wait for it. */
  const wish = useRef(width);

  function ask(next: number): void {
    wish.current = clampWidth(next);
    cancelAnimationFrame(pendingFrame.current);
    pendingFrame.current = requestAnimationFrame(() => {
      setWidth(wish.current);
      client.request('resizeOverlay', { width: wish.current }).catch(toaster.showFailure);
    });
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that moves has no element of its own
    <div
      class="resize-handle"
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the panel"
      aria-valuenow={width}
      tabIndex={0}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { screenX: event.screenX, width: window.innerWidth };
      }}
      onPointerMove={(event) => {
        // The frame moves along with its edge, so only the screen's coordinates stand still.
        if (drag.current !== null) ask(drag.current.width + drag.current.screenX - event.screenX);
      }}
      onLostPointerCapture={() => {
        drag.current = null;
      }}
      onKeyDown={(event) => {
        const step = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        ask(wish.current + step);
      }}
    />
  );
}
