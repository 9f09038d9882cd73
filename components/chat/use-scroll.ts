import type { RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** This close to the end counts as at the end, in CSS pixels. */
const NEAR = 32;

export interface Scroll {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  readonly isAtEnd: boolean;
  /** Where the reader last scrolled: -1 up, 1 down; 0 when only the list itself moved, to hold its place. */
  readonly direction: RefObject<number>;
  toEnd(): void;
  /** Brings a row into the middle of the sight. */
  toRow(row: HTMLElement): void;
}

/**
 * Keeps a growing list where its reader is: at the end as long as they are there, else at the row they look at, whatever is
 * put in above. `firstKey` changes when rows are put in or taken away above; `target` is where to begin instead of the end.
 * `goesOn`: the list does not show its end, so that whoever is at its foot is not at the end.
 */
export function useScroll(firstKey: string, target: string, goesOn: boolean): Scroll {
  const scroller = useRef<HTMLDivElement | null>(null);
  const content = useRef<HTMLDivElement | null>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const sticks = useRef(true);
  const lastFirst = useRef(firstKey);
  const hasMore = useRef(goesOn);
  const lastTop = useRef(0);
  const direction = useRef(0);
  hasMore.current = goesOn;
  if (goesOn) sticks.current = false;

  /** Scrolls for the reader, which is not taken for their own scrolling. */
  const place = useCallback((top: number) => {
    const box = scroller.current;
    if (box === null) return;
    box.scrollTop = top;
    lastTop.current = box.scrollTop;
  }, []);

  // The rows on screen are still those of the last render: the one at the top is the one to hold.
  const anchor = lastFirst.current === firstKey ? null : topRow(scroller.current);
  const anchorTop = anchor?.getBoundingClientRect().top ?? 0;
  lastFirst.current = firstKey;

  useLayoutEffect(() => {
    if (!anchor?.isConnected || scroller.current === null || sticks.current) return;
    place(scroller.current.scrollTop + anchor.getBoundingClientRect().top - anchorTop);
  });

  useLayoutEffect(() => {
    const box = scroller.current;
    const start = box?.querySelector<HTMLElement>(target);
    if (box === null) return;
    place(box.scrollHeight);
    if (start && box.scrollHeight - start.offsetTop > box.clientHeight) {
      place(start.offsetTop - box.clientHeight / 4);
      sticks.current = false;
      setAtEnd(false);
    }
  }, [target, place]);

  useEffect(() => {
    const box = scroller.current;
    if (box === null || content.current === null) return;
    const handleScroll = () => {
      direction.current = Math.sign(box.scrollTop - lastTop.current);
      lastTop.current = box.scrollTop;
      sticks.current = !hasMore.current && box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
      setAtEnd(sticks.current);
    };
    const observer = new ResizeObserver(() => {
      if (sticks.current) place(box.scrollHeight);
    });
    observer.observe(box);
    observer.observe(content.current);
    // Before those who ask for the direction.
    box.addEventListener('scroll', handleScroll, { passive: true, capture: true });
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', handleScroll, { capture: true });
    };
  }, [place]);

  return {
    scroller,
    content,
    isAtEnd: isAtEnd && !goesOn,
    direction,
    toRow(row) {
      const box = scroller.current;
      if (box === null) return;
      place(row.offsetTop - (box.clientHeight - row.offsetHeight) / 2);
      sticks.current = !hasMore.current && box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
      setAtEnd(sticks.current);
    },
    toEnd() {
      sticks.current = true;
      setAtEnd(true);
      place(scroller.current?.scrollHeight ?? 0);
    },
  };
}

function topRow(box: HTMLElement | null): HTMLElement | null {
  if (box === null) return null;
  // Dividers move with the pages; messages stay.
  const rows = box.querySelectorAll<HTMLElement>('[data-message]');
  for (const row of rows) if (row.offsetTop + row.offsetHeight > box.scrollTop) return row;
  return null;
}
