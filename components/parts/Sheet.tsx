import { type ComponentChildren, createPortal } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { IconButton } from './IconButton.tsx';
import './sheet.css';
import { useLayer } from './use-layer.ts';

interface SheetProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  /** Stands at the bottom while the rest scrolls. */
  actions?: ComponentChildren;
}

/** Where sheets lie: over the screen, under obstacles and toasts. */
export function SheetLayer() {
  return <div class="sheet-layer" />;
}

/**
 * A dialog over the panel. Escape, its cross and a click beside it close it; the focus returns to where it was.
 *
 * It is not in the browser's top layer: whatever lies there is reported as if the page covered the panel, and then the
 * visibility guard would refuse everything done in a dialog.
 */
export function Sheet(props: SheetProps) {
  return createPortal(<OpenSheet {...props} />, document.querySelector('.sheet-layer') ?? document.body);
}

function OpenSheet({ title, onClose, children, actions }: SheetProps) {
  const shade = useRef<HTMLDivElement>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useLayer(true, onClose);

  // Before anything is painted: in between, keys would still go to what lies behind.
  useLayoutEffect(() => {
    const before = document.activeElement;
    const behind = [...document.querySelectorAll<HTMLElement>('.app-screen, .sheet-shade')].filter(
      (part) => part !== shade.current && !part.inert,
    );
    for (const part of behind) part.inert = true;
    dialog.current?.show();
    (dialog.current?.querySelector<HTMLElement>('[data-focus]') ?? dialog.current)?.focus();
    return () => {
      for (const part of behind) part.inert = false;
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: Escape and the cross do the same
    <div ref={shade} class="sheet-shade" onClick={(event) => event.target === event.currentTarget && onClose()}>
      <dialog ref={dialog} class="sheet" tabIndex={-1} aria-modal="true" aria-labelledby={titleId}>
        <header>
          <h2 id={titleId}>{title}</h2>
          <IconButton icon="close" label="Close" onClick={onClose} />
        </header>
        <div class="sheet-content">{children}</div>
        {actions !== undefined && <footer>{actions}</footer>}
      </dialog>
    </div>
  );
}
