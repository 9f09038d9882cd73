import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from './Icon.tsx';
import { placeMenu } from './place-menu.ts';
import './popover.css';
import { useLayer } from './use-layer.ts';
import { useOutside } from './use-outside.ts';

interface PopoverProps {
  icon: IconName;
  /** Its name, also shown as tooltip. */
  label: string;
  buttonClass: string;
  /** What it opens; `close` puts it away. Its first `[data-focus]` gets the focus. */
  children: (close: () => void) => ComponentChildren;
}

/** A button that opens a small dialog beside it. Escape, a click elsewhere and leaving it by Tab close it. */
export function Popover({ icon, label, buttonClass, children }: PopoverProps) {
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
      class="popover-place"
      onFocusOut={(event) => {
        if (event.relatedTarget instanceof Node && !place.current?.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        class={buttonClass}
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={open}
        title={label}
        onClick={() => setOpen(!open)}
      >
        <Icon name={icon} />
      </button>
      {open && (
        <OpenPopover label={label} button={button.current}>
          {children(close)}
        </OpenPopover>
      )}
    </div>
  );
}

interface OpenPopoverProps {
  label: string;
  button: HTMLElement | null;
  children: ComponentChildren;
}

function OpenPopover({ label, button, children }: OpenPopoverProps) {
  const box = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || button === null) return;
    placeMenu(element, button);
    element.querySelector<HTMLElement>('[data-focus]')?.focus();
    // What it holds may come later and be larger.
    const observer = new ResizeObserver(() => placeMenu(element, button));
    observer.observe(element);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [button]);

  return (
    <div ref={box} class="popover" role="dialog" aria-label={label}>
      {children}
    </div>
  );
}
