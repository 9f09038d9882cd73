import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** This close to the end counts as at the end, in CSS pixels. */
const NEAR = 32;

export interface Scroll {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  readonly isAtEnd: boolean;
  toEnd(): void;
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
  hasMore.current = goesOn;
  if (goesOn) sticks.current = false;

  // The rows on screen are still those of the last render: the one at the top is the one to hold.
  const anchor = lastFirst.current === firstKey ? null : topRow(scroller.current);
  const anchorTop = anchor?.getBoundingClientRect().top ?? 0;
  lastFirst.current = firstKey;

  useLayoutEffect(() => {
    if (!anchor?.isConnected || scroller.current === null || sticks.current) return;
    scroller.current.scrollTop += anchor.getBoundingClientRect().top - anchorTop;
  });

  useLayoutEffect(() => {
    const box = scroller.current;
    const start = box?.querySelector<HTMLElement>(target);
    if (box === null) return;
    box.scrollTop = box.scrollHeight;
    if (start && box.scrollHeight - start.offsetTop > box.clientHeight) {
      box.scrollTop = start.offsetTop - box.clientHeight / 4;
      sticks.current = false;
      setAtEnd(false);
    }
  }, [target]);

  useEffect(() => {
    const box = scroller.current;
    if (box === null || content.current === null) return;
    const handleScroll = () => {
      sticks.current = !hasMore.current && box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
      setAtEnd(sticks.current);
    };
    const observer = new ResizeObserver(() => {
      if (sticks.current) box.scrollTop = box.scrollHeight;
    });
    observer.observe(box);
    observer.observe(content.current);
    box.addEventListener('scroll', handleScroll, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', handleScroll);
    };
  }, []);

  return {
    scroller,
    content,
    isAtEnd: isAtEnd && !goesOn,
    toEnd() {
      sticks.current = true;
      setAtEnd(true);
      if (scroller.current !== null) scroller.current.scrollTop = scroller.current.scrollHeight;
    },
  };
}

function topRow(box: HTMLElement | null): HTMLElement | null {
  if (box === null) return null;
  const rows = box.querySelectorAll<HTMLElement>('[data-row]');
  for (const row of rows) if (row.offsetTop + row.offsetHeight > box.scrollTop) return row;
  return null;
}
