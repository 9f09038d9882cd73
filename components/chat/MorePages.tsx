import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Failure, toFailure } from '../../lib/model/failure.ts';
import { failureText } from '../failure-text.ts';
import { Button } from '../parts/Button.tsx';
import './more-pages.css';

interface MorePagesProps {
  what: 'Earlier' | 'Later';
  /** The message at this end of what is shown; another one means that a page has come. */
  at: number | undefined;
  load(): Promise<void>;
  scroller: RefObject<HTMLElement | null>;
}

/** How far from the screen the next page is fetched, so that whoever scrolls rarely waits. */
const AHEAD = '800px';

/** Stands at the end of what is shown, where the chat goes on, and fetches the next page as the reader comes near. */
export function MorePages({ what, at, load, scroller }: MorePagesProps) {
  const edge = useRef<HTMLDivElement>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each new end of the piece is watched anew
  useEffect(() => {
    if (edge.current === null || failure !== null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        load().catch((thrown: unknown) => setFailure(toFailure(thrown)));
      },
      { root: scroller.current, rootMargin: `${AHEAD} 0px` },
    );
    observer.observe(edge.current);
    return () => observer.disconnect();
  }, [load, at, failure, scroller]);

  return (
    <div ref={edge} class="more-pages">
      {failure === null ? (
        <p>{what} messages are coming.</p>
      ) : (
        <>
          <p>{failureText(failure)}</p>
          <Button icon="retry" onClick={() => setFailure(null)}>
            Load {what.toLowerCase()} messages
          </Button>
        </>
      )}
    </div>
  );
}
