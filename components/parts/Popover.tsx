import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from './Icon.tsx';
import { Opener } from './Opener.tsx';
import { placeMenu } from './place-menu.ts';
import './popover.css';

interface PopoverProps {
  icon: IconName;
  /** Its name, also shown as tooltip. */
  label: string;
  buttonClass: string;
  /** What it opens; `close` puts it away. Its first `[data-focus]` gets the focus. */
  children: (close: () => void) => ComponentChildren;
}

/** A button that opens a small dialog. */
export function Popover({ icon, label, buttonClass, children }: PopoverProps) {
  return (
    <Opener label={label} buttonClass={buttonClass} opens="dialog" face={<Icon name={icon} />}>
      {(button, close) => (
        <OpenPopover label={label} button={button}>
          {children(close)}
        </OpenPopover>
      )}
    </Opener>
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
    <div ref={box} class="opened popover" role="dialog" aria-label={label}>
      {children}
    </div>
  );
}
