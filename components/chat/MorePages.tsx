import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Failure, toFailure } from '../../lib/model/failure.ts';
import { failureText } from '../failure-text.ts';
import { Button } from '../parts/Button.tsx';
import './more-pages.css';

interface MorePagesProps {
  what: 'Earlier' | 'Later';
  /** Changes with the piece that is shown, which means that a page has come. */
  piece: string;
  load(): Promise<void>;
  scroller: RefObject<HTMLElement | null>;
  /** Where the reader last scrolled: -1 up, 1 down. */
  direction: RefObject<number>;
}

/** How far from the screen the next page is fetched for whoever scrolls there, so that they rarely wait. */
const AHEAD = 800;

/**
 * Stands at the end of what is shown, where the chat goes on, and fetches the next page as the reader comes near. Being near is not
 * enough: a piece is short, and a page at one end would call for one at the other, back and forth.
 */
export function MorePages({ what, piece, load, scroller, direction }: MorePagesProps) {
  const edge = useRef<HTMLDivElement>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each new piece is watched anew, from where the reader then is
  useEffect(() => {
    const box = scroller.current;
    if (box === null || failure !== null) return;
    const towards = what === 'Earlier' ? -1 : 1;
    let isLoading = false;
    const look = () => {
      const distance = what === 'Earlier' ? box.scrollTop : box.scrollHeight - box.scrollTop - box.clientHeight;
      const isSeen = distance < (edge.current?.offsetHeight ?? 0);
      if (isLoading || !(isSeen || (direction.current === towards && distance < AHEAD))) return;
      isLoading = true;
      load().catch((thrown: unknown) => setFailure(toFailure(thrown)));
    };
    look();
    box.addEventListener('scroll', look, { passive: true });
    return () => box.removeEventListener('scroll', look);
  }, [load, what, piece, failure, scroller, direction]);

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
