import { useEffect, useRef } from 'preact/hooks';
import type { ChatView } from '../../lib/model/chat-view.ts';
import { FailureError } from '../../lib/model/failure.ts';
import { usePanel } from '../panel/panel-context.ts';

/** Tells the hub what was read: all of it, whenever the end of the chat is on a screen that somebody can see. */
export function useMarkRead(view: ChatView, isAtEnd: boolean): void {
  const { client } = usePanel();
  const told = useRef(0);
  const chatId = view.chat.id;
  const known = view.chat.lastReadSeq;
  const last = view.messages.at(-1)?.seq ?? 0;

  useEffect(() => {
    const tell = () => {
      if (!isAtEnd || document.visibilityState !== 'visible' || last <= Math.max(known, told.current)) return;
      told.current = last;
      client.request('markRead', { chatId, seq: last }).catch(forget);
    };
    // It is told again when the next message comes.
    const forget = (thrown: unknown) => {
      if (!(thrown instanceof FailureError)) throw thrown;
      told.current = 0;
    };
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, [client, chatId, known, last, isAtEnd]);
}
