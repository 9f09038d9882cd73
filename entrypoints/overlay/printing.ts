let isBeingPrinted = false;

/** Whether the page is being put on paper, where nobody wants the panel. */
export function isPrinting(): boolean {
  return isBeingPrinted || matchMedia('print').matches;
}

/** Calls when printing begins and ends. */
export function onPrinting(listener: () => void, signal: AbortSignal): void {
  const begin = () => {
    isBeingPrinted = true;
    listener();
  };
  const end = () => {
    isBeingPrinted = false;
    listener();
  };
  addEventListener('beforeprint', begin, { signal });
  addEventListener('afterprint', end, { signal });
  matchMedia('print').addEventListener('change', listener, { signal });
}
