import { useEffect, useState } from 'preact/hooks';
import type { ChatSummary } from '../../lib/model/chat.ts';

/** Up to where the reader had read when they opened the chat or came back to it; null when there was nothing new. */
export function useUnreadMark(chat: ChatSummary): number | null {
  const [mark, setMark] = useState(() => markOf(chat));
  useEffect(() => {
    const handleReturn = () => {
      if (document.visibilityState === 'visible' && chat.unread > 0) setMark(markOf(chat));
    };
    document.addEventListener('visibilitychange', handleReturn);
    return () => document.removeEventListener('visibilitychange', handleReturn);
  }, [chat]);
  return mark;
}

function markOf({ unread, lastReadSeq }: ChatSummary): number | null {
  return unread > 0 ? lastReadSeq : null;
}
