import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { usePanel } from '../panel/panel-context.ts';
import { ChatStart } from './ChatStart.tsx';
import { JumpToLatest } from './JumpToLatest.tsx';
import './message-list.css';
import { OlderMessages } from './OlderMessages.tsx';
import { createRowCache } from './row-cache.ts';
import { TimelineRow } from './TimelineRow.tsx';
import { buildTimeline } from './timeline.ts';
import { useMarkRead } from './use-mark-read.ts';
import { useScroll } from './use-scroll.ts';
import { useUnreadMark } from './use-unread-mark.ts';

/** The messages of one chat. Make a new one for another chat. */
export function MessageList({ view }: { view: ChatView }) {
  const meId = usePanel().me.value?.id ?? '';
  const unreadAfter = useUnreadMark(view.chat);
  const items = useMemo(() => buildTimeline(view, { meId, unreadAfter }), [view, meId, unreadAfter]);
  const { scroller, content, isAtEnd, toEnd } = useScroll(view.messages[0]?.id ?? '', '[data-unread]');
  const [rowsOf] = useState(createRowCache);
  const rows = rowsOf(items, view.people, (item) => (
    <TimelineRow key={item.key} item={item} people={view.people} meId={meId} />
  ));
  useMarkRead(view, isAtEnd);

  // Whoever sends wants to see it.
  const lastSent = view.outbox.at(-1)?.id;
  const seenSent = useRef(lastSent);
  useEffect(() => {
    if (lastSent !== undefined && lastSent !== seenSent.current) toEnd();
    seenSent.current = lastSent;
  });

  return (
    <div class="message-list">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section ref={scroller} class="message-scroller" tabIndex={0} aria-label="Messages">
        <div ref={content} class="message-content">
          {view.hasOlder ? <OlderMessages view={view} scroller={scroller} /> : <ChatStart view={view} />}
          <ol>{rows}</ol>
        </div>
      </section>
      {!isAtEnd && <JumpToLatest view={view} onJump={toEnd} />}
    </div>
  );
}
