import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { loadRich } from '../markdown/rich.ts';
import { Usernames } from '../markdown/usernames.ts';
import { usePanel } from '../panel/panel-context.ts';
import { ChatStart } from './ChatStart.tsx';
import { JumpToLatest } from './JumpToLatest.tsx';
import './message-list.css';
import { MorePages } from './MorePages.tsx';
import { createRowCache } from './row-cache.ts';
import { TimelineRow } from './TimelineRow.tsx';
import { buildTimeline } from './timeline.ts';
import { useJump } from './use-jump.ts';
import { useMarkRead } from './use-mark-read.ts';
import { useScroll } from './use-scroll.ts';
import { useUnreadMark } from './use-unread-mark.ts';

/** The messages of one chat. Make a new one for another chat. */
export function MessageList({ view }: { view: ChatView }) {
  const { client, me, toaster } = usePanel();
  const meId = me.value?.id ?? '';
  const unreadAfter = useUnreadMark(view.chat);
  const items = useMemo(() => buildTimeline(view, { meId, unreadAfter }), [view, meId, unreadAfter]);
  const { scroller, content, isAtEnd, direction, toEnd, toRow } = useScroll(
    view.messages[0]?.id ?? '',
    '[data-unread]',
    view.hasNewer,
  );
  const piece = `${view.messages[0]?.id} ${view.messages.at(-1)?.id}`;
  const [rowsOf] = useState(createRowCache);
  const rows = rowsOf(items, view.people, (item) => (
    <TimelineRow key={item.key} item={item} people={view.people} meId={meId} />
  ));
  const usernames = useMemo(
    () => new Set(Object.values(view.people).flatMap(({ username }) => username?.toLowerCase() ?? [])),
    [view.people],
  );
  useEffect(loadRich, []);
  useMarkRead(view, isAtEnd);
  useJump(view, toRow);

  // Whoever sends wants to see it.
  const lastSent = view.outbox.at(-1)?.id;
  const seenSent = useRef(lastSent);
  useEffect(() => {
    if (lastSent !== undefined && lastSent !== seenSent.current) toLatest();
    seenSent.current = lastSent;
  });

  useEffect(() => client.follow(isAtEnd), [client, isAtEnd]);

  function toLatest(): void {
    if (view.hasNewer) client.showAround(null).then(toEnd, toaster.showFailure);
    else toEnd();
  }

  return (
    <div class="message-list">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section ref={scroller} class="message-scroller" tabIndex={0} aria-label="Messages">
        <div ref={content} class="message-content">
          {view.hasOlder ? (
            <MorePages
              key="older"
              what="Earlier"
              piece={piece}
              load={client.loadOlder}
              scroller={scroller}
              direction={direction}
            />
          ) : (
            <ChatStart view={view} />
          )}
          <Usernames.Provider value={usernames}>
            <ol>{rows}</ol>
          </Usernames.Provider>
          {view.hasNewer && (
            <MorePages
              key="newer"
              what="Later"
              piece={piece}
              load={client.loadNewer}
              scroller={scroller}
              direction={direction}
            />
          )}
        </div>
      </section>
      {!isAtEnd && <JumpToLatest view={view} onJump={toLatest} />}
    </div>
  );
}
