import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { type Failure, toFailure } from '../../lib/model/failure.ts';
import { failureText } from '../failure-text.ts';
import { usePanel } from '../panel/panel-context.ts';
import { Button } from '../parts/Button.tsx';
import './older-messages.css';

/** How far above the screen older messages are fetched, so that whoever scrolls rarely waits. */
const AHEAD = '800px';

/** Stands above the first message and fetches what came before it as the reader comes near. */
export function OlderMessages({ view, scroller }: { view: ChatView; scroller: RefObject<HTMLElement | null> }) {
  const { client } = usePanel();
  const edge = useRef<HTMLDivElement>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const chatId = view.chat.id;
  const beforeSeq = view.messages[0]?.seq;

  useEffect(() => {
    if (edge.current === null || beforeSeq === undefined || failure !== null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        client.request('loadOlder', { chatId, beforeSeq }).catch((thrown: unknown) => setFailure(toFailure(thrown)));
      },
      { root: scroller.current, rootMargin: `${AHEAD} 0px 0px` },
    );
    observer.observe(edge.current);
    return () => observer.disconnect();
  }, [client, chatId, beforeSeq, failure, scroller]);

  return (
    <div ref={edge} class="older-messages">
      {failure === null ? (
        <p>Earlier messages are coming.</p>
      ) : (
        <>
          <p>{failureText(failure)}</p>
          <Button icon="retry" onClick={() => setFailure(null)}>
            Load earlier messages
          </Button>
        </>
      )}
    </div>
  );
}
