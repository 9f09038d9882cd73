/** How often a page is undone before the overlay gives up here. */
const MOST = 5;

interface Keeping {
  /** Makes the host look as it should. */
  restore(): void;
  /** The page took the host out of the document. */
  onRemoved(): void;
}

/** Undoes what a page does to the overlay's host: new styles and attributes, a closed popover. Not for ever: some pages never give in. */
export function keepShown(host: HTMLElement, { restore, onRemoved }: Keeping, signal: AbortSignal) {
  let undone = 0;
  const looks = new MutationObserver(undo);
  const place = new MutationObserver(() => {
    if (!host.isConnected) onRemoved();
  });

  /** Changes to the host that are our own. */
  function change(work: () => void): void {
    work();
    looks.takeRecords();
  }

  function undo(): void {
    if (signal.aborted || !host.isConnected || undone === MOST) return;
    undone += 1;
    change(() => {
      for (const name of host.getAttributeNames())
        if (name !== 'style' && name !== 'popover') host.removeAttribute(name);
      host.popover = 'manual';
      restore();
      if (!host.matches(':popover-open')) host.showPopover();
    });
  }

  looks.observe(host, { attributes: true });
  // Also where the page writes its whole document anew.
  place.observe(document, { childList: true });
  place.observe(document.documentElement, { childList: true });
  host.addEventListener(
    'toggle',
    () => {
      if (!host.matches(':popover-open')) undo();
    },
    { signal },
  );
  signal.addEventListener('abort', () => {
    looks.disconnect();
    place.disconnect();
  });
  return { change };
}
