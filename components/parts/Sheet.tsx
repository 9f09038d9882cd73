import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { IconButton } from './IconButton.tsx';
import './sheet.css';

interface SheetProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  /** Stands at the bottom while the rest scrolls. */
  actions?: ComponentChildren;
}

/** A dialog over the panel. Escape, its cross and a click beside it close it; the focus returns to where it was. */
export function Sheet({ title, onClose, children, actions }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const close = useRef(onClose);
  close.current = onClose;

  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    const before = document.activeElement;
    // Not modal: that would make the rest of the document inert, which the browser reports as if the page covered the panel.
    if (!element.open) element.show();
    const behind = [...document.querySelectorAll<HTMLElement>('[data-behind-sheets]')];
    for (const part of behind) part.inert = true;
    (element.querySelector<HTMLElement>('[data-focus]') ?? element).focus();
    return () => {
      element.close();
      for (const part of behind) part.inert = false;
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: Escape and the cross do the same
    <div
      class="sheet-shade"
      onClick={(event) => {
        if (event.target === event.currentTarget) close.current();
      }}
    >
      <dialog
        ref={dialog}
        class="sheet"
        tabIndex={-1}
        aria-modal="true"
        aria-labelledby={titleId}
        onKeyDown={(event) => {
          // What is open inside the sheet, such as an input method, takes Escape first.
          if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
          event.preventDefault();
          close.current();
        }}
      >
        <div class="sheet-body">
          <header>
            <h2 id={titleId}>{title}</h2>
            <IconButton icon="close" label="Close" onClick={() => close.current()} />
          </header>
          <div class="sheet-content">{children}</div>
          {actions !== undefined && <footer>{actions}</footer>}
        </div>
      </dialog>
    </div>
  );
}
