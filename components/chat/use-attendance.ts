import { useEffect, useState } from 'preact/hooks';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { usePanel } from '../panel/panel-context.ts';

/** Typing counts as going on for so long after a key. */
const TYPING_LASTS = 4_000;

/** Tells the hub that somebody looks at this chat, and whether they write there; anew when the hub was away. */
export function useAttendance({ chat }: ChatView): void {
  const { client, status, me } = usePanel();
  const typing = useTyping(chat.id);
  const isReady = status.value === 'ready';
  const meId = me.value?.id;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a hub that is back, or somebody else's, knows nothing
  useEffect(() => {
    const tell = () => {
      const chatId = document.visibilityState === 'visible' ? chat.id : null;
      client.request('attend', { chatId, typing }).catch(() => {});
    };
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, [client, chat.id, typing, isReady, meId]);

  useEffect(
    () => () => {
      client.request('attend', { chatId: null, typing: false }).catch(() => {});
    },
    [client],
  );
}

/** Whether the person is writing in this chat: from a key on for some seconds, and not when the field is empty again. */
function useTyping(chatId: string): boolean {
  const { drafts } = usePanel();
  const [typing, setTyping] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = drafts.onEdit((edited, text) => {
      if (edited !== chatId) return;
      clearTimeout(timer);
      setTyping(text !== '');
      timer = setTimeout(() => setTyping(false), TYPING_LASTS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [drafts, chatId]);
  return typing;
}
