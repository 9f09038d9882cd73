import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import './opener.css';
import { useLayer } from './use-layer.ts';
import { useOutside } from './use-outside.ts';

interface OpenerProps {
  /** What the button is called, also shown as tooltip. */
  label: string;
  buttonClass: string;
  opens: 'menu' | 'dialog';
  /** What stands on the button. */
  face: ComponentChildren;
  /** What it opens, laid out beside the button; `close` puts it away. */
  children: (button: HTMLElement | null, close: () => void) => ComponentChildren;
}

/** A button that opens something beside it. Escape, a click elsewhere and leaving it by Tab close it. */
export function Opener({ label, buttonClass, opens, face, children }: OpenerProps) {
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);

  function close(): void {
    setOpen(false);
    button.current?.focus();
  }
  useLayer(open, close);
  useOutside(place, open, () => setOpen(false));

  return (
    <div
      ref={place}
      class="opener"
      onFocusOut={(event) => {
        if (event.relatedTarget instanceof Node && !place.current?.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        class={buttonClass}
        aria-label={label}
        aria-haspopup={opens}
        aria-expanded={open}
        title={label}
        onClick={() => setOpen(!open)}
      >
        {face}
      </button>
      {open && children(button.current, close)}
    </div>
  );
}
